import type { Random } from '../../lambdas/core/ports.js';

/** The same ratios for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    ratio: () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

/** Always draws the same ratio: with 0.99 the most urgent class leads every turn, and jitter is at its longest. */
export function constantRandom(ratio: number): Random {
  return { ratio: () => ratio };
}
