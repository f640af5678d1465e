import { holdMs } from '../../../../lambdas/core/pacing/hold.js';
import { simulateQueues } from '../../../../lambdas/core/planning/queueing-model.js';
import type { QueueingSetup } from '../../../../lambdas/core/planning/queueing-setup.js';
import { seededRandom } from '../../../support/seeded-random.js';

const HOLD_MS = 20_000;
const CALLS = 12_000;

/** One slot with a hold against which requests to AWS are nothing. */
function aSetup(more: Partial<QueueingSetup> = {}): QueueingSetup {
  return {
    slots: 1,
    holdMs: HOLD_MS,
    latency: { p50Ms: 100, p99Ms: 100 },
    minShares: { HIGH: 0.5, NORMAL: 0, BATCH: 0 },
    arrivalsPerSecond: { HIGH: 0.025, NORMAL: 0 },
    batchMessages: 0,
    slotBudgetMs: 600_000,
    livenessAfterMs: 5_000,
    lingerMs: 1_000,
    ...more,
  };
}

const simulated = (setup: QueueingSetup, calls = CALLS) =>
  simulateQueues(setup, { timeMs: Infinity, calls }, seededRandom(1));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the queueing model', () => {
  it('agrees with the waits of the queue M/D/1 where nothing but HIGH comes', () => {
    const load = 0.5;

    const { waitsMs } = simulated(aSetup());

    expect(mean(waitsMs.HIGH) / ((load * HOLD_MS) / (2 * (1 - load)))).toBeCloseTo(1, 1);
  });

  it('agrees with the waits of the non-preemptive priority queue where BATCH always waits', () => {
    const load = 0.5;

    const { waitsMs } = simulated(aSetup({ batchMessages: Infinity }));

    expect(mean(waitsMs.HIGH) / (HOLD_MS / 2 / (1 - load))).toBeCloseTo(1, 1);
  });

  it('serves BATCH with all the turns that HIGH leaves', () => {
    const { waitsMs, endMs } = simulated(aSetup({ batchMessages: Infinity }));
    const callsPerHold = ((waitsMs.HIGH.length + waitsMs.BATCH.length) * HOLD_MS) / endMs;

    expect(callsPerHold).toBeGreaterThan(0.97);
    expect(callsPerHold).toBeLessThanOrEqual(1);
  });

  it('gives each class its share of the turns while all of them have a backlog', () => {
    const { waitsMs } = simulated(
      aSetup({
        minShares: { HIGH: 0.5, NORMAL: 0.2, BATCH: 0.1 },
        arrivalsPerSecond: { HIGH: 1, NORMAL: 1 },
        batchMessages: Infinity,
      }),
    );

    expect(waitsMs.NORMAL.length / CALLS).toBeCloseTo(0.2, 1);
    expect(waitsMs.BATCH.length / CALLS).toBeCloseTo(0.1, 1);
  });

  it('keeps slots bunched that start together with a long hold', () => {
    const p99 = (slots: number) => {
      const limits = [{ calls: 100, windowMs: 60_000 }];
      const setup = aSetup({
        slots,
        holdMs: holdMs(limits, slots, 0),
        latency: { p50Ms: 300, p99Ms: 1_500 },
        minShares: { HIGH: 0.5, NORMAL: 0.05, BATCH: 0.05 },
        arrivalsPerSecond: { HIGH: 0.2, NORMAL: 0.5 },
        batchMessages: Infinity,
      });
      const sorted = [...simulated(setup).waitsMs.HIGH].sort((one, other) => one - other);
      return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
    };

    expect(p99(25)).toBeGreaterThan(1.5 * p99(2));
  });

  it('finds the same waits again with the same seed', () => {
    const setup = aSetup({ batchMessages: 100 });

    expect(simulated(setup, 1_000)).toEqual(simulated(setup, 1_000));
  });

  it('ends with the last message where nothing more comes', () => {
    const { waitsMs } = simulated(aSetup({ arrivalsPerSecond: { HIGH: 0, NORMAL: 0 }, batchMessages: 10 }));

    expect(waitsMs.BATCH).toHaveLength(10);
  });
});
