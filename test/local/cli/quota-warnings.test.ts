import { longestRenewalMs, quotaWarnings } from '../../../local/cli/quota-warnings.js';

const FAST = { calls: 20, windowMs: 1_000 };
const QUOTA = { calls: 120, windowMs: 360_000 };

describe('a run that spends a quota', () => {
  it('is announced with the time that it takes', () => {
    expect(quotaWarnings({ calls: 250, limits: [FAST, QUOTA] })).toEqual([
      'This takes long: 250 calls spend the quota of 120 per 6 min, which then has to renew 2 times. Expect 12 min to 14 min, most of it without any call.',
    ]);
  });

  it('may stand still until the quota renews', () => {
    expect(longestRenewalMs([FAST, QUOTA])).toBe(427_500);
  });
});

describe('a run within its quotas', () => {
  it.each([[[FAST]], [[FAST, QUOTA]]])('is not announced: %j', (limits) => {
    expect(quotaWarnings({ calls: 120, limits })).toEqual([]);
  });

  it('without any quota never stands still for one', () => {
    expect(longestRenewalMs([FAST])).toBe(0);
  });
});
