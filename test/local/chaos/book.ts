import type { BookEntry } from '../../../local/legacy-api/nasty/nasty-book.js';
import type { ExecutionRecord } from '../../../local/load/run-record.js';

/** An entry of the API's book: a call that was committed and answered, unless said otherwise. */
export function anEntry(more: Partial<BookEntry> = {}): BookEntry {
  return {
    ...{ kind: 'call', operation: 'POST /charges', idempotencyKey: 'a', atMs: 0, fault: undefined },
    ...{ committed: '{"id":"1"}', told: 'result', toldAtMs: 50 },
    ...more,
  };
}

/** A call that the API did nothing for. */
export function anIdleEntry(told: BookEntry['told'], more: Partial<BookEntry> = {}): BookEntry {
  return anEntry({ committed: undefined, told, ...more });
}

/** An execution of which this is known, ended at 100 ms. */
export function anEnd(
  status: NonNullable<ExecutionRecord['end']>['status'],
  more: Partial<NonNullable<ExecutionRecord['end']>> = {},
): NonNullable<ExecutionRecord['end']> {
  return { status, output: null, error: null, cause: null, ...more };
}
