import { IntegrationError } from './step-functions/integration.js';

type Answer = Promise<{ readonly status: number; readonly body: unknown }>;

/**
 * An AWS SDK integration on an API of this process: Step Functions writes names of fields with a capital letter, the
 * API without, and an error bears the service's name.
 */
export async function sdkIntegration(
  api: (body: unknown) => Answer,
  service: string,
  args: unknown,
): Promise<unknown> {
  const { status, body } = await api(renamed(args, (name) => name.charAt(0).toLowerCase() + name.slice(1)));
  if (status === 200) return renamed(body, (name) => name.charAt(0).toUpperCase() + name.slice(1));
  const { __type, message } = body as { readonly __type: string; readonly message: string };
  throw new IntegrationError(`${service}.${__type}Exception`, message);
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [rename(name), renamed(item, rename)]),
  );
}
