import { QUOTA_WINDOW_MAX_MS } from '../config/orchestrator-config.js';
import type { Quota } from './quotas.js';

/** Calls that were permitted together. */
export interface Permits {
  readonly calls: number;
  /** After this instant none of them is sent. Epoch milliseconds. */
  readonly untilMs: number;
}

/** Every call that may still count in some window, oldest first. */
export type QuotaBook = readonly Permits[];

/** A span is counted in so many cells: the coarseness costs at most one of them, which is 2 %. */
const CELLS_PER_SPAN = 48;

/** Kept for as long as any quota may ask, so that a quota which is changed while slots run knows what went before. */
const KEPT_MS = QUOTA_WINDOW_MAX_MS + 60_000;

/**
 * How many more calls all quotas allow now; Infinity without quotas.
 *
 * Permits count from the moment they are given, whether or not they are used, until the last call that they may have
 * been used for has left the window. So no sliding window ever holds more calls than were counted together here.
 */
export function roomIn(book: QuotaBook, quotas: readonly Quota[], nowMs: number): number {
  return Math.min(...quotas.map(({ calls, spanMs }) => calls - countedAfter(book, nowMs - spanMs)));
}

/** The earliest instant at which all quotas allow a call again, if none is made meanwhile; `nowMs` or later. */
export function renewsAtMs(book: QuotaBook, quotas: readonly Quota[], nowMs: number): number {
  return Math.max(nowMs, ...quotas.map((quota) => renewalMs(book, quota)));
}

/**
 * The book with these permits counted, and no larger than it has to be.
 *
 * @param quotas all that may ask this book: it counts most exactly where one of their windows ends.
 */
export function withPermits(
  book: QuotaBook,
  permits: Permits,
  quotas: readonly Quota[],
  nowMs: number,
): QuotaBook {
  const all = [...book, permits].sort((one, other) => one.untilMs - other.untilMs);
  return compacted(all, [...quotas.map(({ spanMs }) => spanMs), KEPT_MS], nowMs);
}

/** The book without permits that were never used, wherever they have been merged to. */
export function withoutPermits(book: QuotaBook, { calls, untilMs }: Permits): QuotaBook {
  const index = book.findIndex((permits) => permits.untilMs >= untilMs);
  return book.map((permits, at) =>
    at === index ? { ...permits, calls: Math.max(0, permits.calls - calls) } : permits,
  );
}

function countedAfter(book: QuotaBook, instantMs: number): number {
  return book.reduce((sum, { calls, untilMs }) => (untilMs > instantMs ? sum + calls : sum), 0);
}

function renewalMs(book: QuotaBook, { calls, spanMs }: Quota): number {
  let counted = 0;
  for (const permits of [...book].reverse()) {
    counted += permits.calls;
    if (counted >= calls) return permits.untilMs + spanMs;
  }
  return 0;
}

/**
 * Merges neighbours into the later of them, so that each call counts a little longer and never shorter. Only those
 * within one cell of fixed place are merged, so that no call is put off twice; and never a call that has left a
 * window with one that has not, so that it does not count again.
 */
function compacted(book: QuotaBook, spansMs: readonly number[], nowMs: number): QuotaBook {
  const spans = [...spansMs].sort((one, other) => one - other);
  const merged: { cell: string; permits: Permits }[] = [];
  for (const permits of book) {
    const level = spans.find((spanMs) => nowMs - permits.untilMs < spanMs);
    if (level === undefined) continue;
    const cell = `${level} ${Math.floor((permits.untilMs * CELLS_PER_SPAN) / level)}`;
    const last = merged.at(-1);
    if (last?.cell === cell) last.permits = { ...permits, calls: last.permits.calls + permits.calls };
    else merged.push({ cell, permits });
  }
  return merged.map(({ permits }) => permits).filter(({ calls }) => calls > 0);
}
