import {
  OptionError,
  parseDurationMs,
  parseRateLimits,
  parseWhole,
} from '../../../../lambdas/core/config/units.js';

describe('a duration on the command line', () => {
  it.each([
    ['50ms', 50],
    ['1.5s', 1_500],
    ['10m', 600_000],
    ['8h', 28_800_000],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDurationMs(text)).toBe(milliseconds);
  });

  it.each(['', '5', 's', '-1s', '1 s', '1d'])('refuses "%s"', (text) => {
    expect(() => parseDurationMs(text)).toThrow(OptionError);
  });
});

describe('limits on the command line', () => {
  it('are one or several, or none', () => {
    expect(parseRateLimits('none', 100)).toEqual([]);
    expect(parseRateLimits('20/1s,100/24h', 100)).toEqual([
      { calls: 20, windowMs: 1_000 },
      { calls: 100, windowMs: 86_400_000 },
    ]);
  });

  it.each(['20', '0/1s', '101/1s', '20/0s', '20/745h', '20/1s,'])('refuse "%s"', (text) => {
    expect(() => parseRateLimits(text, 100)).toThrow(OptionError);
  });
});

describe('a whole number on the command line', () => {
  it('lies within its bounds', () => {
    expect(parseWhole('5', 1, 5)).toBe(5);
  });

  it.each(['0', '6', '1.5', '-1', 'x', ''])('refuses "%s"', (text) => {
    expect(() => parseWhole(text, 1, 5)).toThrow('a whole number from 1 to 5');
  });
});
