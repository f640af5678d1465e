import { callsAskedFor, quotaPerSecond, usableCalls } from '../../../../lambdas/core/planning/quota-use.js';
import { aDemand } from '../../../support/a-plan-input.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const nightMs = 8 * HOUR_MS;

describe('a quota', () => {
  it('can be used but for a forty-ninth, in whole calls', () => {
    expect([49, 1_000, 10_000].map((calls) => usableCalls({ calls, windowMs: DAY_MS }))).toEqual([
      48, 979, 9_795,
    ]);
  });

  it('bounds the rate where it renews within a night', () => {
    const hourly = { calls: 1_000, windowMs: HOUR_MS };

    expect(quotaPerSecond({ limits: [hourly], nightMs })).toBeCloseTo(979 / 3_600, 9);
    expect(quotaPerSecond({ limits: [hourly], nightMs: HOUR_MS })).toBeCloseTo(979 / 3_600, 9);
  });

  it('bounds no rate where it does not', () => {
    expect(quotaPerSecond({ limits: [{ calls: 1_000, windowMs: DAY_MS }], nightMs })).toBe(Infinity);
  });

  it('is no other limit', () => {
    expect(quotaPerSecond({ limits: [{ calls: 1, windowMs: 1_000 }], nightMs })).toBe(Infinity);
  });

  it('bounds the rate together with others by the strictest', () => {
    const limits = [
      { calls: 1_000, windowMs: HOUR_MS },
      { calls: 49, windowMs: HOUR_MS },
    ];

    expect(quotaPerSecond({ limits, nightMs })).toBeCloseTo(48 / 3_600, 9);
  });
});

describe('what is asked for in the fullest window', () => {
  const demand = aDemand({ high: 0.02, normal: 0.05, batch: 5_000 });

  it('is a whole BATCH beside what comes all the time, however short the window', () => {
    expect(callsAskedFor(demand, HOUR_MS)).toBeCloseTo(252 + 5_000, 6);
  });

  it('is a BATCH for each day of a longer one', () => {
    expect(callsAskedFor(demand, 7 * DAY_MS)).toBeCloseTo(42_336 + 35_000, 6);
  });
});
