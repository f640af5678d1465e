import { TASK_ERRORS } from '../lambdas/core/contracts/task-errors.js';
import { expression } from './asl.js';
import { NEVER_A_DUPLICATE, OWN_GROUP } from './task-message.js';

interface TaskState {
  readonly Comment?: string;
  readonly Arguments?: unknown;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
}

interface Definition {
  readonly States: Readonly<Record<'Call' | 'LookUp', TaskState>>;
}

/**
 * The definition of `rate-limited-call` where order is kept: it sends to FIFO queues, and leaves it to the worker to
 * repeat what was not executed, because a message of its own would come after those of later calls. A lookup changes
 * nothing at the legacy API, so it has no place in the order and waits for no other call of its key.
 */
export function inOrder(definition: string): string {
  const { States, ...rest } = JSON.parse(definition) as Definition;
  const { Call, LookUp } = States;
  const args = {
    ...(LookUp.Arguments as object),
    MessageGroupId: expression(OWN_GROUP),
    MessageDeduplicationId: expression(NEVER_A_DUPLICATE),
  };
  const inPlace = { Call: unrepeated(Call), LookUp: { ...unrepeated(LookUp), Arguments: args } };
  return JSON.stringify({ ...rest, States: { ...States, ...inPlace } }, undefined, 2);
}

function unrepeated(state: TaskState): TaskState {
  const kept = (state.Retry ?? []).filter(
    ({ ErrorEquals }) => !ErrorEquals.includes(TASK_ERRORS.unavailable),
  );
  return { ...state, Retry: kept };
}
