import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface Answer {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

const CHECKOUT = join(import.meta.dirname, '..', '..', '..');

/** `rlo --local` as users run it, against this endpoint. */
export function rlo(endpoint: string, ...args: readonly string[]): Promise<Answer> {
  return rloIn(CHECKOUT, [...args, '--local'], { variables: { AWS_ENDPOINT_URL: endpoint } });
}

interface Elsewhere {
  /** Which `rlo`. @default - this checkout's */
  readonly checkout?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** `rlo` as users run it in this directory. */
export function rloIn(
  directory: string,
  args: readonly string[],
  { checkout = CHECKOUT, variables = {} }: Elsewhere = {},
): Promise<Answer> {
  const env: NodeJS.ProcessEnv = { ...process.env, ...variables };
  // Jest's own.
  delete env['NODE_OPTIONS'];
  const command = [join(checkout, 'cli', 'bin', 'rlo.mjs'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env, cwd: directory }, (error, output, errors) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors });
    });
  });
}

/** What it prints with `--json`. */
export async function rloJson<T>(endpoint: string, ...args: readonly string[]): Promise<T> {
  const { code, output, errors } = await rlo(endpoint, ...args, '--json');
  if (code !== 0) throw new Error(`rlo ${args.join(' ')} ended with ${code}: ${errors}`);
  return JSON.parse(output) as T;
}
