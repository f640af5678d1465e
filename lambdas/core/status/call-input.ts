import { DEFAULT_PRIORITY, PRIORITIES, type Priority } from '../contracts/priority.js';

/** What an execution was asked to call, without its payload. */
export interface CallInput {
  readonly operation: string;
  readonly priority: Priority;
  readonly idempotencyKey: string;
}

/** Reads an execution's input with the state machine's own defaults. */
export function inputOf(input: string | undefined, executionArn: string): CallInput {
  // Step Functions takes any JSON, such as null; our state machine then says what is wrong with it.
  const { operation, priority, idempotencyKey } = Object(JSON.parse(input ?? '{}')) as Readonly<
    Record<string, unknown>
  >;
  return {
    operation: String(operation),
    priority: PRIORITIES.find((known) => known === priority) ?? DEFAULT_PRIORITY,
    idempotencyKey: typeof idempotencyKey === 'string' ? idempotencyKey : encodeURI(executionArn),
  };
}
