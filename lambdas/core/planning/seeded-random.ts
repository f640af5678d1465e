import type { Random } from '../ports.js';

/** The same ratios in the same order for the same seed (mulberry32), so that the same question gets the same plan. */
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
