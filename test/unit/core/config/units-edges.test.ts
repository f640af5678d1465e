import { parseDurationMs, parseRateLimits, parseWhole } from '../../../../lambdas/core/config/units.js';
import { DEAD_LETTER_VISIBILITY_SECONDS } from '../../../../lambdas/core/config/timings.js';

describe('the edges of a duration on the command line', () => {
  it('are a fraction of several digits, and nothing after the unit', () => {
    expect(parseDurationMs('1.25s')).toBe(1_250);
    expect(() => parseDurationMs('1sec')).toThrow('a duration with its unit, such as 50ms, 1s or 1m');
  });
});

describe('the edges of limits on the command line', () => {
  it('are one call, one millisecond and 31 days', () => {
    expect(parseRateLimits('1/1ms,1/744h', 100)).toEqual([
      { calls: 1, windowMs: 1 },
      { calls: 1, windowMs: 2_678_400_000 },
    ]);
  });

  it.each(['x20/1s', '1/745h', '0/1s'])('refuse "%s" in words', (text) => {
    expect(() => parseRateLimits(text, 100)).toThrow(
      '1 to 100 calls per window of at most 744h, such as 20/1s or 20/1s,10000/24h, or none',
    );
  });
});

describe('the edges of a whole number on the command line', () => {
  it('are its bounds, in as many digits as they need', () => {
    expect(parseWhole('10', 10, 10)).toBe(10);
  });
});

describe('a dead letter', () => {
  it('stays hidden for six timeouts of its function', () => {
    expect(DEAD_LETTER_VISIBILITY_SECONDS).toBe(360);
  });
});
