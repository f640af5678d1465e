import type { BookEntry } from '../legacy-api/nasty/nasty-book.js';

/** Answers that prove that the call was not executed. */
const NOT_EXECUTED: readonly BookEntry['told'][] = ['throttled', 'rejected'];

/**
 * The calls of one `once` key that nobody could have known to be safe: those that came after an earlier call, unless
 * that one was refused, or a lookup in between was told that nothing was committed; and every commit beyond the first.
 *
 * Counted where a call arrives and a lookup is told, because what somebody knows, it knows from then on.
 */
export function blindRepeatsOf(entries: readonly BookEntry[]): readonly BookEntry[] {
  const happenings = entries
    .map((entry) => ({ entry, atMs: entry.kind === 'lookup' ? (entry.toldAtMs ?? entry.atMs) : entry.atMs }))
    .sort((one, other) => one.atMs - other.atMs);
  const blind: BookEntry[] = [];
  let safe = true;
  let committed = false;
  for (const { entry } of happenings) {
    if (entry.kind === 'lookup') {
      safe ||= entry.told === 'notFound';
      continue;
    }
    if (!safe || (committed && entry.committed !== undefined)) blind.push(entry);
    committed ||= entry.committed !== undefined;
    safe = NOT_EXECUTED.includes(entry.told);
  }
  return blind;
}
