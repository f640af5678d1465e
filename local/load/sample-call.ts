import type { OperationConfig, OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { fieldsOf } from '../../lambdas/core/config/placeholders.js';

/** What is asked for where only calls are wanted: the first operation that may be repeated, else the first. */
export interface SampleCall {
  readonly operation: string;
  /**
   * Each field that the operation puts into its path, its query or a header is the name, and so is `reference` where the
   * call has a body.
   */
  readonly payload: (name: string) => Readonly<Record<string, unknown>>;
  /** Whether the result is the simulated API's answer as it came, by which anyone can tell whose it is. */
  readonly isPlain: boolean;
}

export function sampleCallOf({ operations }: Pick<OrchestratorConfig, 'operations'>): SampleCall {
  const all = Object.entries(operations);
  const [name, operation] = all.find(([, { effect }]) => effect === 'idempotent') ?? all[0] ?? [];
  if (name === undefined || operation === undefined) throw new Error('a configuration has an operation');
  const { result, soap, adapter } = operation;
  return {
    operation: name,
    payload: (reference) => samplePayload(operation, reference),
    isPlain: result === undefined && soap === undefined && adapter === undefined,
  };
}

function samplePayload({ method, path, query = {}, headers = {} }: OperationConfig, name: string): Fields {
  const templates = [path, ...Object.values(query), ...Object.values(headers)];
  return templates.flatMap(fieldsOf).reduce(withField(name), method === 'GET' ? {} : { reference: name });
}

type Fields = Readonly<Record<string, unknown>>;

function withField(value: string) {
  return (payload: Fields, [name = '', ...rest]: readonly string[]): Fields => {
    if (rest.length === 0) return { ...payload, [name]: value };
    const inner = payload[name];
    return { ...payload, [name]: withField(value)(isFields(inner) ? inner : {}, rest) };
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
