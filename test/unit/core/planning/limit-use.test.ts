import {
  capacityPerSecond,
  limitPerSecond,
  limitUsedRatio,
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

describe('the calls per second that limits allow', () => {
  it('are those of the strictest', () => {
    const limits = [
      { calls: 20, windowMs: 1_000 },
      { calls: 600, windowMs: 60_000 },
    ];

    expect(limitPerSecond(limits)).toBe(10);
  });
});
