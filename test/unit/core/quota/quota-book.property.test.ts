import fc from 'fast-check';
import {
  type QuotaBook,
  renewsAtMs,
  roomIn,
  withoutPermits,
  withPermits,
} from '../../../../lambdas/core/quota/quota-book.js';
import type { Quota } from '../../../../lambdas/core/quota/quotas.js';
import { SEED } from '../../../support/seed.js';

// Goal: the book counts every permit at least as long as it must, and hardly longer.
// Method: random quotas and permits at random times, against a list of all permits that nothing is ever merged in.

const START_MS = Date.parse('2030-01-31T00:00:00.000Z');
const CELL_RATIO = 1 / 48;

const quotas = fc.uniqueArray(
  fc.record({
    calls: fc.integer({ min: 1, max: 60 }),
    spanMs: fc.oneof(
      fc.integer({ min: 300_001, max: 900_000 }),
      fc.integer({ min: 300_001, max: 86_401_000 }),
      fc.constant(31 * 86_400_000),
    ),
  }),
  { minLength: 1, maxLength: 3, selector: ({ spanMs }) => spanMs },
);

/** Between two requests: mostly a small part of the shortest span, now and then many times as much. */
const gapRatio = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0, max: 0.02, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 1, max: 40, noNaN: true }) },
);

const requests = fc.array(
  fc.record({
    gapRatio,
    wanted: fc.integer({ min: 1, max: 8 }),
    lastsMs: fc.integer({ min: 1, max: 60_000 }),
    /** How many of them are never used and taken back. */
    unused: fc.integer({ min: 0, max: 8 }),
  }),
  { minLength: 1, maxLength: 120 },
);

interface Granted {
  readonly calls: number;
  readonly untilMs: number;
}

function play(
  all: readonly Quota[],
  asked: typeof requests extends fc.Arbitrary<infer T> ? T : never,
  look: (book: QuotaBook, granted: readonly Granted[], nowMs: number) => void,
): void {
  const shortestMs = Math.min(...all.map(({ spanMs }) => spanMs));
  const granted: Granted[] = [];
  let book: QuotaBook = [];
  let nowMs = START_MS;
  for (const { gapRatio: gap, wanted, lastsMs, unused } of asked) {
    nowMs += Math.round(gap * shortestMs);
    const calls = Math.min(wanted, roomIn(book, all, nowMs));
    if (calls >= 1) {
      const permits = { calls, untilMs: nowMs + lastsMs };
      const back = Math.min(unused, calls);
      book = withoutPermits(withPermits(book, permits, all, nowMs), { ...permits, calls: back });
      granted.push({ ...permits, calls: calls - back });
    }
    look(book, granted, nowMs);
  }
}

/** What is certain to count still: no merging. */
function counted(granted: readonly Granted[], instantMs: number): number {
  return granted.reduce((sum, { calls, untilMs }) => (untilMs > instantMs ? sum + calls : sum), 0);
}

describe(`the quota book (SEED=${SEED})`, () => {
  it('never allows more than every quota has left', () => {
    fc.assert(
      fc.property(quotas, requests, (all, asked) => {
        play(all, asked, (book, granted, nowMs) => {
          for (const quota of all) {
            const left = quota.calls - counted(granted, nowMs - quota.spanMs);
            expect(roomIn(book, [quota], nowMs)).toBeLessThanOrEqual(left);
          }
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('counts no call longer than one cell of the span beyond its time', () => {
    fc.assert(
      fc.property(quotas, requests, (all, asked) => {
        play(all, asked, (book, granted, nowMs) => {
          for (const quota of all) {
            const cellMs = quota.spanMs * CELL_RATIO;
            const left = quota.calls - counted(granted, nowMs - quota.spanMs - cellMs);
            expect(roomIn(book, [quota], nowMs)).toBeGreaterThanOrEqual(left);
          }
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('renews at the instant that it names, and not before', () => {
    fc.assert(
      fc.property(quotas, requests, (all, asked) => {
        play(all, asked, (book, _, nowMs) => {
          const renewalMs = renewsAtMs(book, all, nowMs);
          expect(roomIn(book, all, renewalMs)).toBeGreaterThanOrEqual(1);
          expect(renewalMs === nowMs || roomIn(book, all, renewalMs - 1) < 1).toBe(true);
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('stays small, however many permits were given', () => {
    fc.assert(
      fc.property(quotas, requests, (all, asked) => {
        play(
          all.map((quota) => ({ ...quota, calls: 1_000_000 })),
          asked,
          (book, _, nowMs) => {
            // A span's cells, those of permits that still last, and as many for all that is older than any quota.
            const shortestMs = Math.min(...all.map(({ spanMs }) => spanMs));
            const lasting = Math.ceil(60_000 / (shortestMs * CELL_RATIO));
            expect(book.length).toBeLessThanOrEqual(50 * (all.length + 1) + lasting);
            expect(book.every(({ untilMs }) => untilMs > nowMs - 32 * 86_400_000)).toBe(true);
          },
        );
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
