import {
  capacityPerSecond,
  limitPerSecond,
  limitUsedRatio,
  meanCycleMs,
} from '../../../../lambdas/core/planning/limit-use.js';

const anApi = (calls: number, windowMs: number) => ({
  limits: [{ calls, windowMs }],
  latency: { p50Ms: 300, p99Ms: 1_500 },
  arrivalJitterMs: 30,
  slotBudgetMs: 60_000,
});

describe('the share of the limit that is used', () => {
  it.each([
    { calls: 20, windowMs: 1_000, slots: 20, used: 0.95 },
    { calls: 20, windowMs: 1_000, slots: 10, used: 0.85 },
    { calls: 100, windowMs: 60_000, slots: 2, used: 0.99 },
  ])('is $used of $calls calls per $windowMs ms with $slots slots', ({ calls, windowMs, slots, used }) => {
    expect(Math.abs(limitUsedRatio(anApi(calls, windowMs), slots) - used)).toBeLessThan(0.012);
  });

  it('is less with a number of slots that does not divide the limit', () => {
    const api = anApi(20, 1_000);

    expect(limitUsedRatio(api, 11)).toBeLessThan(limitUsedRatio(api, 10));
  });

  it('is nothing where some slot could never call', () => {
    expect(capacityPerSecond(anApi(5, 1_000), 6)).toBe(0);
  });

  it('is all of it where there is no limit', () => {
    const api = { ...anApi(1, 1), limits: [] };

    expect(limitUsedRatio(api, 5)).toBe(1);
    expect(capacityPerSecond(api, 5)).toBeGreaterThan(10);
  });
});

describe('the time from one call of a slot to its next', () => {
  const api = {
    ...anApi(60, 60_000),
    latency: { p50Ms: 200, p99Ms: 200 },
    arrivalJitterMs: 0,
    slotBudgetMs: 110_000,
  };

  it('is the hold where calls are shorter, and the 2 ms by which timers are late', () => {
    // Of each budget, 60 ms go to the start of the next slot, and 50 ms to its first look.
    expect(meanCycleMs(api, 1)).toBeCloseTo((1_000 + 2) * 1.001, 9);
    expect(capacityPerSecond(api, 3)).toBeCloseTo(3 / (3_002 * 1.001e-3), 9);
  });

  it('is the call, the looks before it and the 2 ms, where that is longer than the hold', () => {
    expect(meanCycleMs({ ...api, limits: [] }, 1)).toBeCloseTo((200 + 50 + 2) * 1.001, 9);
  });

  it('knows no quota: it is spent at the pace of the other limits', () => {
    const limits = [...api.limits, { calls: 1, windowMs: 86_400_000 }];

    expect(meanCycleMs({ ...api, limits }, 1)).toBe(meanCycleMs(api, 1));
    expect(limitUsedRatio({ ...api, limits }, 1)).toBe(limitUsedRatio(api, 1));
  });
});

describe('the calls per second that limits allow', () => {
  it('are those of the strictest', () => {
    const limits = [
      { calls: 20, windowMs: 1_000 },
      { calls: 600, windowMs: 60_000 },
    ];

    expect(limitPerSecond(limits)).toBe(10);
  });
});
