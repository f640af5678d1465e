import { recentStatusOf } from '../../../../lambdas/core/status/recent-calls.js';

const FROM_MS = Date.parse('2030-01-31T11:55:00Z');

const CALLS = {
  ...{ callsStarted: 300, succeeded: 296, rejected: 0, unavailable: 0, outcomeUnknown: 4 },
  ...{ responseTooLarge: 0, throttled: 0, lateResults: 1 },
  ...{ fromMs: FROM_MS, untilMs: FROM_MS + 300_000 },
};

describe('recentStatusOf', () => {
  it('tells the share of the strictest rate limit that the calls used', () => {
    const limits = [
      { calls: 20, windowMs: 1_000 },
      { calls: 100, windowMs: 60_000 },
    ];

    expect(recentStatusOf(CALLS, limits).limitUsedRatio).toBeCloseTo(0.6, 10);
  });

  it('knows no share where calls are only capped in flight or by a quota, which may be used at any pace', () => {
    expect(recentStatusOf(CALLS, []).limitUsedRatio).toBeNull();
    expect(recentStatusOf(CALLS, [{ calls: 1_000, windowMs: 86_400_000 }]).limitUsedRatio).toBeNull();
  });

  it('says of which time', () => {
    expect(recentStatusOf(CALLS, [])).toMatchObject({
      from: '2030-01-31T11:55:00.000Z',
      until: '2030-01-31T12:00:00.000Z',
      outcomeUnknown: 4,
      lateResults: 1,
    });
  });
});
