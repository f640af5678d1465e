import { limitText } from '../../../../lambdas/core/contracts/limit-text.js';

describe('limitText', () => {
  it.each([
    [1, 1, '1 call per 1 ms'],
    [20, 1_500, '20 calls per 1500 ms'],
    [20, 10_000, '20 calls per 10 s'],
    [100, 5_400_000, '100 calls per 5400 s'],
    [10_000, 86_400_000, '10000 calls per 24 h'],
  ])('tells %d per %d ms exactly, in the largest unit that fits', (calls, windowMs, text) => {
    expect(limitText({ calls, windowMs })).toBe(text);
  });
});
