import { slowedEndMs } from '../../../../lambdas/core/gate/slowdown.js';

describe('a wait while slots are slowed', () => {
  it.each([
    [0.5, 1_000, 2_000],
    [0.1, 2_900, 29_000],
  ])('at %d of the rate takes, for %i ms, %i ms to the millisecond', (ratio, durationMs, endMs) => {
    expect(slowedEndMs({ ratio, sinceMs: 600_000 }, 0, durationMs)).toBe(endMs);
  });
});
