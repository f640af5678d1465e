import { CAUSE_MAX_CHARACTERS, STATE_DATA_MAX_BYTES } from '../contracts/limits.js';
import {
  TASK_ERRORS,
  type TaskError,
  type TaskFailure,
  UNAVAILABLE_RETRY,
} from '../contracts/task-errors.js';
import type { LegacyOutcome } from './legacy-outcome.js';

/** What is done with a message. */
export type Disposition =
  | { readonly kind: 'succeedTask'; readonly outputJson: string }
  /** `ringAfterMs`: when a slot should look again, because the workflow repeats the call by then. */
  | { readonly kind: 'failTask'; readonly failure: TaskFailure; readonly ringAfterMs?: number }
  /** A deferral: given back through the visibility timeout. `closesGate`: no slot calls for `delayMs` either. */
  | { readonly kind: 'giveBack'; readonly delayMs: number; readonly closesGate: boolean }
  /** Deleted: nobody waits for it. */
  | { readonly kind: 'drop' };

/** How long the gate closes when the legacy API says 429 without saying for how long. */
const GATE_WITHOUT_HINT_MS = 1_000;

/** Longest that one answer closes the gate, in milliseconds: as far as a bell can be delayed. Then we ask again. */
const GATE_MAX_MS = 900_000;

/** What bears on a task's further fate, besides the outcome of its call. */
export interface TaskHistory {
  /** Repeats by the workflow before this one. */
  readonly attempt: number;
  /** Whether its message may be given back once more without nearing the dead-letter queue. */
  readonly mayDefer: boolean;
}

/** What one call's outcome means for its message and its task. */
export function dispositionOf(outcome: LegacyOutcome, task: TaskHistory): Disposition {
  switch (outcome.kind) {
    case 'succeeded':
      return { kind: 'succeedTask', outputJson: outcome.outputJson };
    case 'throttled':
      return giveBack(Math.min(GATE_MAX_MS, outcome.retryAfterMs ?? GATE_WITHOUT_HINT_MS), true, task);
    case 'unavailable':
      return unavailable(`${outcome.reason}; a repeat does no harm`, task.attempt);
    case 'outcomeUnknown':
      return failTask(
        TASK_ERRORS.outcomeUnknown,
        `${outcome.reason}; the call may have been executed: look it up before repeating it`,
      );
    case 'rejected':
      return failTask(TASK_ERRORS.rejected, `status ${outcome.status}: ${outcome.bodyExcerpt}`);
    case 'responseTooLarge':
      return failTask(
        TASK_ERRORS.responseTooLarge,
        `status ${outcome.status}: the call succeeded but its result exceeds ${STATE_DATA_MAX_BYTES} bytes`,
      );
  }
}

/** Gives a message back, or, once that was done too often, fails its task so that the workflow repeats it later. */
export function giveBack(delayMs: number, closesGate: boolean, task: TaskHistory): Disposition {
  if (task.mayDefer) return { kind: 'giveBack', delayMs, closesGate };
  return unavailable(
    'the message was given back too many times, because of a pause or of 429 answers',
    task.attempt,
  );
}

export function failTask(error: TaskError, cause: string): Disposition {
  return { kind: 'failTask', failure: { error, cause: cause.slice(0, CAUSE_MAX_CHARACTERS) } };
}

function unavailable(cause: string, attempt: number): Disposition {
  const { intervalSeconds, backoffRate, maxDelaySeconds, maxAttempts } = UNAVAILABLE_RETRY;
  const failure = { error: TASK_ERRORS.unavailable, cause };
  if (attempt >= maxAttempts) return { kind: 'failTask', failure };
  const waitSeconds = Math.min(maxDelaySeconds, intervalSeconds * backoffRate ** attempt);
  return { kind: 'failTask', failure, ringAfterMs: waitSeconds * 1_000 };
}
