import fc from 'fast-check';
import { waitsDuringBatch } from '../../../../lambdas/core/planning/predicted-waits.js';
import { Night } from '../../../../lambdas/core/planning/night.js';
import { seededRandom } from '../../../../lambdas/core/planning/seeded-random.js';
import { SEED } from '../../../support/seed.js';

const NIGHT_MS = 8 * 3_600_000;
const CAPACITY_PER_SECOND = 1.9;

/** One slot with a hold of 500 ms while BATCH waits without end. */
function predicted(
  minShares: { HIGH: number; NORMAL: number; BATCH: number },
  high: number,
  normal: number,
  callsSimulated = 100,
) {
  const setup = {
    slots: 1,
    holdMs: 500,
    latency: { p50Ms: 100, p99Ms: 300 },
    minShares,
    arrivalsPerSecond: { HIGH: high, NORMAL: normal },
    batchMessages: 1_000_000,
    slotBudgetMs: 60_000,
    livenessAfterMs: 5_000,
    lingerMs: 1_000,
  };
  const night = new Night({ ...setup, capacityPerSecond: CAPACITY_PER_SECOND });
  const question = {
    setup,
    capacityPerSecond: CAPACITY_PER_SECOND,
    night,
    nightMs: NIGHT_MS,
    callsSimulated,
  };
  return waitsDuringBatch(question, seededRandom(1)).waits;
}

const shares = fc.double({ min: 0.02, max: 0.3, noNaN: true });

describe(`predicted waits under minimum shares (seed ${SEED})`, () => {
  it('stay bounded for a class that asks for less than its share, whatever HIGH asks', () => {
    fc.assert(
      fc.property(shares, fc.double({ min: 0, max: 10, noNaN: true }), (share, high) => {
        const waits = predicted(
          { HIGH: 0.5, NORMAL: share, BATCH: 0.02 },
          high,
          0.5 * share * CAPACITY_PER_SECOND,
        );

        expect(waits.NORMAL?.grows ?? false).toBe(false);
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('grow for a class that asks for more than its share while HIGH fills the rest', () => {
    fc.assert(
      fc.property(shares, (share) => {
        const waits = predicted(
          { HIGH: 0.5, NORMAL: share, BATCH: 0.02 },
          10,
          1.5 * share * CAPACITY_PER_SECOND,
        );

        expect(waits.NORMAL?.grows).toBe(true);
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('end for BATCH with any share, later with a smaller one', () => {
    fc.assert(
      fc.property(shares, (share) => {
        const [more, less] = [share, share / 2].map((BATCH) =>
          predicted({ HIGH: 0.5, NORMAL: 0, BATCH }, 10, 0),
        );

        expect(less?.BATCH?.p99Ms).toBeCloseTo(2 * (more?.BATCH?.p99Ms ?? 0), -3);
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('grow for HIGH with what the others are guaranteed', () => {
    const waitMs = (share: number) =>
      predicted({ HIGH: 0.2, NORMAL: 0.02, BATCH: share }, 0.8, 0.1, 2_000).HIGH?.p99Ms ?? 0;

    expect(waitMs(0.4)).toBeGreaterThan(1.3 * waitMs(0.02));
  });
});
