import type { TaskRequestBody } from '../lambdas/core/contracts/task-request.js';

/**
 * What only the waiting execution knows, as JSONata: the same in each task request, whichever state machine sends it.
 *
 * The attempt counts repeats of any kind, also of a failed send: it only lengthens how long the worker waits
 * before it rings for the next one.
 */
export const WAITING_TASK = {
  schemaVersion: '1',
  taskToken: '$states.context.Task.Token',
  attempt: '$states.context.State.RetryCount',
  enqueuedAt: '$now()',
  execution: '$states.context.Execution.Id',
  state: '$states.context.State.Name',
} as const satisfies Partial<Record<keyof TaskRequestBody, string>>;

/**
 * The message group of a tenant, by which SQS keeps a tenant that floods a queue from the others' way, or of an
 * ordering key. Hashed, because a group's name allows fewer characters than theirs.
 *
 * @param name as JSONata
 */
export function groupOf(name: string): string {
  return `$hash(${name}, 'SHA-256')`;
}

/** A message group of its own, which waits for none and keeps none waiting; as JSONata. */
export const OWN_GROUP = '$uuid()';

/**
 * Never the same, as JSONata: a repeat by Step Functions carries a new task token, so SQS must not take its message for
 * the one before.
 */
export const NEVER_A_DUPLICATE = '$uuid()';
