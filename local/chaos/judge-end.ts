import { isDeepStrictEqual } from 'node:util';
import { TASK_ERRORS } from '../../lambdas/core/contracts/task-errors.js';
import type { BookEntry, Told } from '../legacy-api/nasty/nasty-book.js';
import type { ExecutionRecord } from '../load/run-record.js';

/** How one execution of a chaos run ended, beside what the API's book says of its key. */
export interface Case {
  readonly end: NonNullable<ExecutionRecord['end']>;
  /** Every call and lookup of its key, in the order of arrival. */
  readonly entries: readonly BookEntry[];
  /** Whether a repeat of its call does harm. */
  readonly once: boolean;
  /** Whether its message was duplicated, or lost its worker and came again. */
  readonly hit: boolean;
}

/** A caller that was told this knew what had become of its call. A lookup that fails says nothing about it. */
const CLEAR: Readonly<Record<BookEntry['kind'], readonly Told[]>> = {
  call: ['result', 'rejected', 'throttled', 'oversized'],
  lookup: ['result', 'notFound'],
};

/** What is wrong with an end, as the rest of a sentence about the execution; undefined when it matches the book. */
export function mismatchOf({ end, entries, once, hit }: Case): string | undefined {
  const commits = entries.flatMap(({ committed }) => (committed === undefined ? [] : [committed]));
  if (once && commits.length > 1) return `was committed ${commits.length} times`;
  switch (end.status) {
    case 'SUCCEEDED':
      return wrongOutput(end.output, commits);
    case 'ABORTED':
    case 'TIMED_OUT':
      return undefined;
    case 'RUNNING':
      return 'has not ended';
    case 'FAILED':
      break;
  }
  switch (end.error ?? '') {
    case TASK_ERRORS.rejected:
      if (commits.length > 0) return 'failed as rejected, but the API committed it';
      return entries.some(({ kind, told }) => kind === 'call' && told === 'rejected')
        ? undefined
        : 'failed as rejected, but the API never refused it';
    case TASK_ERRORS.unavailable:
      return once && commits.length > 0
        ? 'failed as unavailable, which says that a repeat is safe, but the API committed it'
        : undefined;
    case TASK_ERRORS.outcomeUnknown:
      return hit || !wasClear(entries) ? undefined : 'failed as unknown, but the API had told its outcome';
    case TASK_ERRORS.deadLettered:
      return hit ? undefined : 'was dead-lettered, though nothing made its message come more often';
    case TASK_ERRORS.responseTooLarge:
      if (commits.length === 0) return 'failed as too large, but the API committed nothing';
      return entries.some(({ told }) => told === 'oversized')
        ? undefined
        : 'failed as too large, but the API never answered so';
    default:
      return `failed with ${end.error ?? 'no error'}, which nothing in this run explains`;
  }
}

function wrongOutput(output: string | null, commits: readonly string[]): string | undefined {
  if (commits.length === 0) return 'succeeded, but the API committed nothing';
  const result: unknown = JSON.parse(output ?? 'null');
  return commits.some((commit) => isDeepStrictEqual(JSON.parse(commit), result))
    ? undefined
    : 'succeeded with another result than the API committed';
}

/** Whether the caller was told what became of the last call, by its answer or by a lookup after it. */
function wasClear(entries: readonly BookEntry[]): boolean {
  const last = entries.map(({ kind }) => kind).lastIndexOf('call');
  return entries.slice(Math.max(0, last)).some(({ kind, told }) => CLEAR[kind].includes(told));
}
