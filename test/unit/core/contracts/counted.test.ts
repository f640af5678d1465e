import { counted } from '../../../../lambdas/core/contracts/counted.js';

describe('counted', () => {
  it.each([
    [0, '0 calls'],
    [1, '1 call'],
    [2, '2 calls'],
  ])('tells %d as %j', (count, text) => {
    expect(counted(count, 'call')).toBe(text);
  });
});
