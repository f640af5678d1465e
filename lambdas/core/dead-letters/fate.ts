import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { UNREADABLE } from '../ledger/claimant.js';
import type { LedgerEntry } from '../ledger/ledger-entry.js';
import { type Claimant, lookupVerdictOf, verdictOf } from '../ledger/verdict.js';
import { type Answer, failTask } from '../outcomes/disposition.js';
import type { DeadLetter } from './dead-letter.js';

/** What becomes of the task that waits for a dead letter. */
export type Fate =
  | Answer
  /** Somebody may still be making its call, and would tell the task what came of it. Epoch milliseconds. */
  | { readonly kind: 'wait'; readonly untilMs: number };

type Receives = Pick<DeadLetter, 'receiveCount' | 'enqueuedAtMs'>;

/** Whether the ledger may know more of a request's call than its message does. */
export function isInLedger({ operations }: OrchestratorConfig, request: TaskRequest): boolean {
  // An operation that is no longer configured may have been `once` while it was.
  return request.lookup || operations[request.operation]?.effect !== 'idempotent';
}

/**
 * What the task of a dead letter is told: what the ledger knows of its call, by the verdict that the worker acts on,
 * and where nothing stands against making the call, that its message was given up.
 *
 * @param claimant undefined where the payload is nested too deeply to be compared
 */
export function fateOf(
  receives: Receives,
  { lookup }: Pick<TaskRequest, 'lookup'>,
  entry: LedgerEntry | undefined,
  claimant: Claimant | undefined,
): Fate {
  if (claimant === undefined) return UNREADABLE;
  const verdict = lookup ? lookupVerdictOf(entry, claimant.nowMs) : verdictOf(entry, claimant);
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
