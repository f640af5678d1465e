import { TASK_ERRORS } from '../contracts/task-errors.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { UNREADABLE } from '../ledger/claimant.js';
import type { LedgerEntry } from '../ledger/ledger-entry.js';
import { type Claimant, verdictFor } from '../ledger/verdict.js';
import { type Answer, failTask } from '../outcomes/disposition.js';
import type { DeadLetter } from './dead-letter.js';

/** What becomes of the task that waits for a dead letter. */
export type Fate =
  | Answer
  /** Somebody may still be making its call, and would tell the task what came of it. Epoch milliseconds. */
  | { readonly kind: 'wait'; readonly untilMs: number };

type Receives = Pick<DeadLetter, 'receiveCount' | 'enqueuedAtMs'>;

/**
 * What the task of a dead letter is told: what the ledger knows of its call, by the verdict that the worker acts on,
 * and where nothing stands against making the call, that its message was given up.
 *
 * @param claimant undefined where the payload is nested too deeply to be compared
 */
export function fateOf(
  receives: Receives,
  request: Pick<TaskRequest, 'lookup'>,
  entry: LedgerEntry | undefined,
  claimant: Claimant | undefined,
): Fate {
  if (claimant === undefined) return UNREADABLE;
  const verdict = verdictFor(request, entry, claimant);
  switch (verdict.kind) {
    case 'wait':
      return verdict;
    case 'mayCall':
      return givenUp(receives);
    case 'answered':
      return verdict.disposition;
  }
}

/** What the task is told of whose call nothing is known. */
export function givenUp({ receiveCount, enqueuedAtMs }: Receives): Answer {
  const since = new Date(enqueuedAtMs).toISOString();
  return failTask(
    TASK_ERRORS.deadLettered,
    `the message was received ${receiveCount} times since ${since}, never finished, and given up; it is parked: find out why its workers ended, then redrive it`,
  );
}
