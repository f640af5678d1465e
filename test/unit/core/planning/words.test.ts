import { niceSeconds } from '../../../../lambdas/core/planning/nice-duration.js';
import {
  durationText,
  numberText,
  percentText,
  perSecondText,
} from '../../../../lambdas/core/planning/words.js';

describe('a duration in words', () => {
  it.each([
    [0, '0 ms'],
    [5.4, '5 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1_690, '1.7 s'],
    [9_940, '9.9 s'],
    [10_600, '11 s'],
    [60_000, '1 min'],
    [12_240_000, '3.4 h'],
    [86_400_000, '1 d'],
    [864_000_000, '10 d'],
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
    [0.00123456, '0.00123'],
    [11.17, '11.2'],
    [99.94, '99.9'],
    [100, '100'],
    [100.4, '100'],
    [-12.34, '-12.3'],
    [-1_234.5, '-1,234'],
    [1_234, '1,234'],
    [123_456, '123,456'],
    [1_234_567, '1,234,567'],
  ])('%d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});

describe('a rate and a share in words', () => {
  it('are a number per second, and a whole per cent', () => {
    expect([perSecondText(1.6667), percentText(0.946), percentText(1)]).toEqual(['1.67/s', '95 %', '100 %']);
  });
});

describe('a duration that people would write', () => {
  it.each([
    [1, 1],
    [5_600, 6],
    [1_000, 1],
    [1_001, 2],
    [60_000, 60],
    [61_000, 90],
    [7_200_000, 7_200],
    [7_300_000, 10_800],
    [10_800_000, 10_800],
    [10_801_000, 14_400],
  ])('is for %d ms %d s', (leastMs, seconds) => {
    expect(niceSeconds(leastMs)).toBe(seconds);
  });
});
