import { TASK_ERRORS } from '../contracts/task-errors.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { type Answer, failTask } from '../outcomes/disposition.js';
import type { LedgerEntry } from './ledger-entry.js';
import { FOUND_NOT_EXECUTED, foundExecuted } from './lookup.js';

/** What the ledger says to somebody who would make a `once` call, or look one up. */
export type Verdict =
  /** Nothing stands against it, as long as the entry still has this revision (undefined: there is none). */
  | { readonly kind: 'mayCall'; readonly expected: string | undefined }
  /** It is answered without a call. `newlyUnknown`: the slot that called died, and now the task it called for is told. */
  | { readonly kind: 'answered'; readonly disposition: Answer; readonly newlyUnknown?: true }
  /** Somebody may be calling until then. Epoch milliseconds. */
  | { readonly kind: 'wait'; readonly untilMs: number };

export interface Claimant {
  /** Fingerprints, as in the entry. */
  readonly task: string;
  readonly payload: string;
  readonly nowMs: number;
}

/** The verdict on a request: on its call, or on its lookup. */
export function verdictFor(
  { lookup }: Pick<TaskRequest, 'lookup'>,
  entry: LedgerEntry | undefined,
  claimant: Claimant,
): Verdict {
  return lookup ? lookupVerdictOf(entry, claimant.nowMs) : verdictOf(entry, claimant);
}

/**
 * Whether a `once` call may be made: never while it may be running, never when it was or may have been executed.
 *
 * A call that was rejected was not executed, so another task may make it again, corrected or not; a redelivery of
 * the task that was rejected is answered. Any other reuse of a key with another payload is refused.
 */
export function verdictOf(entry: LedgerEntry | undefined, claimant: Claimant): Verdict {
  if (entry === undefined) return { kind: 'mayCall', expected: undefined };
  const { state, revision, doneByMs } = entry;
  if (state.kind === 'rejected' && entry.task !== claimant.task)
    return { kind: 'mayCall', expected: revision };
  if (entry.payload !== claimant.payload) return answered(failTask(TASK_ERRORS.invalidRequest, KEY_REUSED));
  switch (state.kind) {
    case 'succeeded':
      return answered({ kind: 'succeedTask', outputJson: state.outputJson });
    case 'rejected':
    case 'responseTooLarge':
      return answered({ kind: 'failTask', failure: state.failure });
    case 'unknown':
      return answered(failTask(TASK_ERRORS.outcomeUnknown, state.cause));
    case 'started':
      return claimant.nowMs < doneByMs
        ? { kind: 'wait', untilMs: doneByMs }
        : {
            ...answered(failTask(TASK_ERRORS.outcomeUnknown, NO_OUTCOME)),
            // Other tasks with this key change nothing about what is known, and ask for nobody's attention once more.
            ...(entry.task === claimant.task ? { newlyUnknown: true } : {}),
          };
  }
}

/**
 * Whether a `once` call may be looked up: not before the legacy API can no longer be working on it, or "not
 * executed" could turn untrue afterwards. What is known already is answered without asking the legacy API.
 */
export function lookupVerdictOf(entry: LedgerEntry | undefined, nowMs: number): Verdict {
  if (entry === undefined) return { kind: 'mayCall', expected: undefined };
  const { state, revision, doneByMs } = entry;
  switch (state.kind) {
    case 'succeeded':
      return answered(foundExecuted(state.outputJson));
    case 'rejected':
      return answered(FOUND_NOT_EXECUTED);
    case 'responseTooLarge':
      return answered({ kind: 'failTask', failure: state.failure });
    case 'unknown':
    case 'started':
      return nowMs < doneByMs ? { kind: 'wait', untilMs: doneByMs } : { kind: 'mayCall', expected: revision };
  }
}

const KEY_REUSED =
  'idempotencyKey: it names a call with another payload already; use the same payload, or a key of its own';

const NO_OUTCOME =
  'the call was started and its outcome was never recorded; it may have been executed: look it up before repeating it';

function answered(disposition: Answer) {
  return { kind: 'answered', disposition } as const;
}
