import { CAUSE_MAX_CHARACTERS, STATE_DATA_MAX_BYTES } from '../contracts/limits.js';
import {
  TASK_ERRORS,
  type TaskError,
  type TaskFailure,
  UNAVAILABLE_RETRY,
} from '../contracts/task-errors.js';
import type { LegacyOutcome } from './legacy-outcome.js';

/** What is done with a message. `gateMs`: for how long no slot may call, because the legacy API asked for it. */
export type Disposition =
  | { readonly kind: 'succeedTask'; readonly outputJson: string }
  /** `ringAfterMs`: when a slot should look again, because the workflow repeats the call by then. */
  | {
      readonly kind: 'failTask';
      readonly failure: TaskFailure;
      readonly ringAfterMs?: number;
      readonly gateMs?: number;
    }
  /** A deferral: given back through the visibility timeout. */
  | { readonly kind: 'giveBack'; readonly delayMs: number; readonly gateMs?: number }
  /** Deleted: nobody waits for it. */
  | { readonly kind: 'drop' };

/** A disposition that ends the task. */
export type Answer = Extract<Disposition, { kind: 'succeedTask' | 'failTask' }>;

type FailedTask = Extract<Disposition, { kind: 'failTask' }>;
type GivenBack = Extract<Disposition, { kind: 'giveBack' }> | FailedTask;

/** How long the gate closes when the legacy API says 429 without saying for how long. */
const GATE_WITHOUT_HINT_MS = 1_000;

/** Longest that the gate closes at once, in milliseconds. Then we ask again. */
export const GATE_MAX_MS = 900_000;

/** What bears on a task's further fate, besides the outcome of its call. */
export interface TaskHistory {
  /** Repeats before this one: by the workflow or, where the message keeps its place, by receiving it again. */
  readonly attempt: number;
  /** Whether its message may be given back and received once more. */
  readonly mayDefer: boolean;
  /** Whether its message keeps its place in an order: then it is given back where the workflow would repeat it. */
  readonly keepsPlace: boolean;
}

/** What one call's outcome means for its message and its task. */
export function dispositionOf(outcome: LegacyOutcome, task: TaskHistory): Disposition {
  switch (outcome.kind) {
    case 'succeeded':
      return { kind: 'succeedTask', outputJson: outcome.outputJson };
    case 'throttled': {
      const gateMs = Math.min(GATE_MAX_MS, outcome.retryAfterMs ?? GATE_WITHOUT_HINT_MS);
      return { ...giveBack(gateMs, task), gateMs };
    }
    case 'unavailable':
      return unavailable(`${outcome.reason}; a repeat does no harm`, task);
    case 'outcomeUnknown':
      return failTask(
        TASK_ERRORS.outcomeUnknown,
        `${outcome.reason}; the call may have been executed: look it up before repeating it`,
      );
    case 'rejected':
      return failTask(TASK_ERRORS.rejected, `status ${outcome.status}: ${outcome.bodyExcerpt}`);
    case 'notFound':
      return failTask(TASK_ERRORS.rejected, `status ${outcome.status}: the legacy API knows no such call`);
    case 'responseRefused':
      return failTask(
        TASK_ERRORS.responseRefused,
        `status ${outcome.status}: the call succeeded but no result can be made of its answer: ${outcome.reason}`,
      );
    case 'responseTooLarge':
      return failTask(
        TASK_ERRORS.responseTooLarge,
        `status ${outcome.status}: the call succeeded but its result exceeds ${STATE_DATA_MAX_BYTES} bytes`,
      );
  }
}

/** Gives a message back, or, where that must not be, fails its task so that the workflow repeats it later. */
export function giveBack(delayMs: number, task: TaskHistory): GivenBack {
  if (task.mayDefer) return { kind: 'giveBack', delayMs };
  return unavailable(
    'the message cannot be given back again, as a pause or a 429 answer asked for; the call was not executed',
    task,
  );
}

export function failTask(error: TaskError, cause: string): FailedTask {
  return { kind: 'failTask', failure: { error, cause: cause.slice(0, CAUSE_MAX_CHARACTERS) } };
}

function unavailable(cause: string, { attempt, mayDefer, keepsPlace }: TaskHistory): GivenBack {
  const { intervalSeconds, backoffRate, maxDelaySeconds, maxAttempts } = UNAVAILABLE_RETRY;
  const failure = { error: TASK_ERRORS.unavailable, cause };
  const waitMs = Math.min(maxDelaySeconds, intervalSeconds * backoffRate ** attempt) * 1_000;
  if (keepsPlace) return mayDefer ? { kind: 'giveBack', delayMs: waitMs } : { kind: 'failTask', failure };
  return attempt >= maxAttempts
    ? { kind: 'failTask', failure }
    : { kind: 'failTask', failure, ringAfterMs: waitMs };
}
