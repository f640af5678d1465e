import { pacedLimits, quotaLimits } from '../../../../lambdas/core/config/limit-kinds.js';
import { quotasOf } from '../../../../lambdas/core/quota/quotas.js';

const paced = { calls: 20, windowMs: 300_000 };
const daily = { calls: 10_000, windowMs: 86_400_000 };

describe('a list of limits', () => {
  it('is split by the longest window that the hold can pace', () => {
    expect(pacedLimits([paced, daily])).toEqual([paced]);
    expect(quotaLimits([paced, daily])).toEqual([daily]);
  });

  it('has quotas that count a call for longer than their window: the jitter and the skew of clocks', () => {
    expect(quotasOf([paced, daily], 30)).toEqual([{ calls: 10_000, spanMs: 86_400_000 + 30 + 1_000 }]);
  });

  it('has a quota for as long as calls are remembered', () => {
    expect(quotasOf([{ calls: 1, windowMs: 31 * 86_400_000 }], 30)).toHaveLength(1);
  });

  it('is refused where a window is longer than calls are remembered', () => {
    expect(() => quotasOf([{ calls: 1, windowMs: 32 * 86_400_000 }], 30)).toThrow(
      'limits: a window of 2764800000 ms is longer than the 2678400000 ms for which calls are remembered; use a shorter one',
    );
  });
});
