import { niceSeconds } from '../../../../lambdas/core/planning/nice-duration.js';
import { durationText, numberText } from '../../../../lambdas/core/planning/words.js';

describe('a duration in words', () => {
  it.each([
    [0, '0 ms'],
    [999.6, '1 s'],
    [1_690, '1.7 s'],
    [90_000, '1.5 min'],
    [3_600_000, '1 h'],
    [200_000_000, '2.3 d'],
    [Infinity, 'never'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });
});

describe('a number in words', () => {
  it.each([
    [0, '0'],
    [0.2, '0.2'],
    [1.6667, '1.67'],
    [11.17, '11.2'],
    [1_234_567, '1,234,567'],
  ])('%d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});

describe('a duration that people would write', () => {
  it.each([
    [1, 1],
    [5_600, 6],
    [61_000, 90],
    [7_300_000, 10_800],
  ])('is for %d ms %d s', (leastMs, seconds) => {
    expect(niceSeconds(leastMs)).toBe(seconds);
  });
});
