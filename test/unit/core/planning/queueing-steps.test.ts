import { drawsFor } from '../../../../lambdas/core/planning/draws.js';
import { simulateQueues } from '../../../../lambdas/core/planning/queueing-model.js';
import type { Horizon, QueueingSetup } from '../../../../lambdas/core/planning/queueing-setup.js';

// Goal: each step of a slot takes the time that it should, to the millisecond.
// Method: a chance at which everything takes exactly its median: 110 ms to wake a slot, 450 ms until it has rung for the
// next, 4 ms for the control record, 8 ms for each receive or delete, 20 ms for a callback; a call starts 2 ms late.

const MEDIAN = { ratio: () => 0.25 };

function aSetup(more: Partial<QueueingSetup> = {}): QueueingSetup {
  return {
    slots: 1,
    holdMs: 1_000,
    latency: { p50Ms: 100, p99Ms: 500 },
    minShares: { HIGH: 0.5, NORMAL: 0, BATCH: 0 },
    arrivalsPerSecond: { HIGH: 0, NORMAL: 0 },
    batchMessages: Infinity,
    slotBudgetMs: 60_000,
    livenessAfterMs: 5_000,
    lingerMs: 1_000,
    ...more,
  };
}

const simulated = (more: Partial<QueueingSetup>, horizon: Partial<Horizon> = {}) =>
  simulateQueues(aSetup(more), { timeMs: Infinity, calls: 3, ...horizon }, MEDIAN);

const rounded = (waitsMs: readonly number[]) => waitsMs.map((waitMs) => Math.round(waitMs * 10) / 10);

/** One message each: with the chance above they come at even intervals. */
const every = (intervalMs: number) => (-1_000 * Math.log(0.75)) / intervalMs;

describe('the median of what a slot does', () => {
  it.each([
    ['latency', 100],
    ['receive', 8],
    ['control', 4],
    ['callback', 20],
    ['delete', 8],
    ['wake', 110],
    ['start', 450],
  ] as const)('is, for %s, %d ms', (what, milliseconds) => {
    expect(drawsFor(aSetup(), MEDIAN)[what]()).toBeCloseTo(milliseconds, 6);
  });
});

describe('a slot that serves BATCH', () => {
  it('looks at each queue, and fetches the next message just before its hold ends', () => {
    const { waitsMs, receives, endMs, wakes } = simulated({});

    expect(rounded(waitsMs.BATCH)).toEqual([110 + 4 + 24 + 2, 1_142, 2_144]);
    expect([receives, wakes]).toEqual([9, 0]);
    // It looked 28 ms and a margin of 4 before the end of its hold.
    expect(endMs).toBeCloseTo(2_142 - 32, 6);
  });

  it('is held up by a call that takes longer than the hold, and by its settling', () => {
    const { waitsMs } = simulated({ holdMs: 20 });

    // After the answer it looks for 28 ms, in which the callback and the delete are done too.
    expect(rounded(waitsMs.BATCH)).toEqual([140, 270, 400]);
  });

  it('probes a message that waited longer than it may unprobed', () => {
    expect(rounded(simulated({ livenessAfterMs: 109 }).waitsMs.BATCH)[0]).toBe(160);
    expect(rounded(simulated({ livenessAfterMs: 111 }).waitsMs.BATCH)[0]).toBe(140);
  });

  it('makes room for a fresh slot when its budget has no room for the next call', () => {
    const { waitsMs } = simulated({ slotBudgetMs: 1_500 });

    // The second hold ends after the budget, so the next slot starts 60 ms after it and has no lead yet.
    expect(rounded(waitsMs.BATCH)).toEqual([140, 1_142, 1_142 + 1_000 + 60 + 28 + 2]);
  });

  it('makes room for a fresh slot, too, when an answer comes after its budget', () => {
    const { waitsMs } = simulated({ holdMs: 0, slotBudgetMs: 100 });

    // Each is settled 128 ms after its call; 60 ms later the next slot looks.
    expect(rounded(waitsMs.BATCH)).toEqual([140, 140 + 128 + 60 + 30, 358 + 128 + 60 + 30]);
  });

  it('rings for the next slot, which starts while this one works', () => {
    const { waitsMs } = simulated({ slots: 3, slotBudgetMs: 600_000 });

    expect(rounded(waitsMs.BATCH)).toEqual([140, 140 + 450, 140 + 900]);
  });

  it('ends with the first look after the time that it is given', () => {
    const { waitsMs, endMs } = simulated({}, { calls: Infinity, timeMs: 4_000 });

    expect(waitsMs.BATCH).toHaveLength(5);
    expect(endMs).toBeCloseTo(4_146 - 32, 6);
  });

  it('ends with the last message', () => {
    const { waitsMs, receives } = simulated({ batchMessages: 2 }, { calls: Infinity });

    expect(waitsMs.BATCH).toHaveLength(2);
    // Three looks, the last of which finds nothing.
    expect(receives).toBe(9);
  });

  it('serves no message twice or in part', () => {
    expect(simulated({ batchMessages: 1, slots: 2 }, { calls: Infinity }).waitsMs.BATCH).toHaveLength(1);
  });
});

describe('a slot that is woken by HIGH', () => {
  const seldom = { batchMessages: 0, arrivalsPerSecond: { HIGH: every(5_000), NORMAL: 0 } };

  it('starts a call when it was woken and has looked', () => {
    const { waitsMs, wakes, receives } = simulated(seldom);

    expect(rounded(waitsMs.HIGH)).toEqual([124, 124, 124]);
    // Between two messages it looks at each queue in vain.
    expect([wakes, receives]).toEqual([3, 3 + 2 * 3]);
  });

  it('is still there for a message that comes while it lingers', () => {
    const { waitsMs, wakes } = simulated({ ...seldom, lingerMs: 5_000 });

    expect(rounded(waitsMs.HIGH)).toEqual([124, 14, 14]);
    expect(wakes).toBe(1);
  });

  it('has a budget from when it was woken', () => {
    const { waitsMs } = simulated({
      ...{ batchMessages: 0, slotBudgetMs: 900 },
      arrivalsPerSecond: { HIGH: every(5_000), NORMAL: 0 },
    });

    expect(rounded(waitsMs.HIGH)).toEqual([124, 124, 124]);
  });

  it('leaves NORMAL its turn where nothing more urgent waits', () => {
    const { waitsMs } = simulated({ batchMessages: 0, arrivalsPerSecond: { HIGH: 0, NORMAL: every(5_000) } });

    // One look more: HIGH comes first.
    expect(rounded(waitsMs.NORMAL)).toEqual([132, 132, 132]);
  });

  it('takes BATCH first where the turn is its own', () => {
    const { waitsMs } = simulated({ minShares: { HIGH: 0.5, NORMAL: 0, BATCH: 0.3 } });

    expect(rounded(waitsMs.BATCH)[0]).toBe(110 + 4 + 8 + 2);
  });
});
