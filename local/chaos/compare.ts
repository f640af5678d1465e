import { TASK_ERRORS } from '../../lambdas/core/contracts/task-errors.js';
import type { BookEntry } from '../legacy-api/nasty/nasty-book.js';
import type { ExecutionRecord } from '../load/run-record.js';
import { mismatchOf } from './judge-end.js';
import { blindRepeatsOf } from './repeats.js';

/** How executions ended. `tooLarge` was done, but its result could not be passed on. */
export interface Outcomes {
  readonly succeeded: number;
  readonly rejected: number;
  readonly unavailable: number;
  readonly unknown: number;
  readonly tooLarge: number;
  /** Stopped or timed out. */
  readonly abandoned: number;
  readonly deadLettered: number;
  readonly other: number;
}

/** What a run came to when its executions are held against the API's book, one by one. */
export interface Comparison {
  readonly outcomes: Outcomes;
  /** Calls to operations that must not be done twice which nobody could have known to be safe. */
  readonly blindRepeats: number;
  /** Calls that arrived for executions that were over, and had been for longer than a call may be in hand. */
  readonly callsForDeadExecutions: number;
  /** All calls that arrived for executions that were over, also those that were in hand when these ended. */
  readonly callsAfterTheEnd: number;
  /** A sentence for each execution whose end is not what the API did. */
  readonly mismatches: readonly string[];
}

export interface ToCompare {
  readonly executions: ReadonlyMap<string, ExecutionRecord>;
  readonly book: readonly BookEntry[];
  /** Executions whose message was duplicated, or lost its worker and came again. */
  readonly hit: ReadonlySet<string>;
  /** Whether a repeat of this execution's call does harm. */
  readonly isOnce: (execution: string) => boolean;
}

/**
 * From the probe of its task to the API's door a call is in the worker's hands. The worker takes a message up to 250 ms
 * before its call may start; the rest is room for what it settles and reads first, on a laptop that is busy with
 * everything at once. An execution that ends within it can no longer be noticed.
 */
export const IN_HAND_MAX_MS = 1_000;

/** Executions go by their names, which are their idempotency keys. */
export function compare({ executions, book, hit, isOnce }: ToCompare): Comparison {
  const entriesOf = byKey(book);
  const outcomes = { ...NONE };
  const mismatches: string[] = [];
  let blindRepeats = 0;
  let callsForDeadExecutions = 0;
  let callsAfterTheEnd = 0;
  for (const [name, { end, endedAtMs = Infinity }] of executions) {
    const entries = entriesOf.get(name) ?? [];
    const once = isOnce(name);
    if (once) blindRepeats += blindRepeatsOf(entries).length;
    const lateMs = entries.filter(({ kind }) => kind === 'call').map(({ atMs }) => atMs - endedAtMs);
    callsAfterTheEnd += lateMs.filter((late) => late > 0).length;
    callsForDeadExecutions += lateMs.filter((late) => late > IN_HAND_MAX_MS).length;
    if (end === undefined) continue;
    outcomes[outcomeOf(end)] += 1;
    const mismatch = mismatchOf({ end, entries, once, hit: hit.has(name) });
    if (mismatch !== undefined) mismatches.push(`execution ${name} ${mismatch}`);
  }
  for (const name of entriesOf.keys()) {
    if (!executions.has(name)) mismatches.push(`the API was called for ${name}, which is no execution`);
  }
  return { outcomes, blindRepeats, callsForDeadExecutions, callsAfterTheEnd, mismatches };
}

function byKey(book: readonly BookEntry[]): ReadonlyMap<string, readonly BookEntry[]> {
  const entriesOf = new Map<string, BookEntry[]>();
  for (const entry of book) {
    const entries = entriesOf.get(entry.idempotencyKey) ?? [];
    entriesOf.set(entry.idempotencyKey, [...entries, entry]);
  }
  return entriesOf;
}

const NONE: Outcomes = {
  ...{ succeeded: 0, rejected: 0, unavailable: 0, unknown: 0 },
  ...{ tooLarge: 0, abandoned: 0, deadLettered: 0, other: 0 },
};

const OUTCOME_OF_ERROR: Readonly<Record<string, keyof Outcomes>> = {
  [TASK_ERRORS.rejected]: 'rejected',
  [TASK_ERRORS.unavailable]: 'unavailable',
  [TASK_ERRORS.outcomeUnknown]: 'unknown',
  [TASK_ERRORS.responseTooLarge]: 'tooLarge',
  [TASK_ERRORS.deadLettered]: 'deadLettered',
};

function outcomeOf({ status, error }: NonNullable<ExecutionRecord['end']>): keyof Outcomes {
  switch (status) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'ABORTED':
    case 'TIMED_OUT':
      return 'abandoned';
    case 'FAILED':
    case 'RUNNING':
      return OUTCOME_OF_ERROR[error ?? ''] ?? 'other';
  }
}
