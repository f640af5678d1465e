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
