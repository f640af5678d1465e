import { PROBLEMS } from '../../core/intake/http.js';

/** An operation of a path, but for its name. */
export interface Operation {
  readonly summary: string;
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses: unknown;
}

export function reference(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** @param of a schema, or the name of one */
export function body(of: unknown): unknown {
  return { required: true, content: json('application/json', typeof of === 'string' ? reference(of) : of) };
}

/** The answers that are meant, and the statuses of problems. */
export function answers(
  meant: Readonly<Record<number, string>>,
  problemStatuses: readonly number[],
): unknown {
  return {
    ...Object.fromEntries(
      Object.entries(meant).map(([status, name]) => [
        status,
        { description: name, content: json('application/json', reference(name)) },
      ]),
    ),
    ...Object.fromEntries(problemStatuses.map((status) => [status, problemAnswer(status)])),
  };
}

export function parameter(
  name: string,
  place: 'header' | 'path' | 'query',
  schema: unknown,
  description: string,
): unknown {
  return { name, in: place, required: place === 'path', schema, description };
}

export function query(name: string, schema: unknown): unknown {
  return { name, in: 'query', required: false, schema };
}

function problemAnswer(status: number): unknown {
  const titles = Object.values(PROBLEMS)
    .filter(([one]) => one === status)
    .map(([, title]) => title);
  const retryAfter = { 'Retry-After': { description: 'in seconds', schema: { type: 'integer' } } };
  return {
    description: titles.join('; or: '),
    ...(status === 503 ? { headers: retryAfter } : {}),
    content: json('application/problem+json', reference('Problem')),
  };
}

function json(type: string, schema: unknown): unknown {
  return { [type]: { schema } };
}
