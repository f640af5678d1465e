import type { Random } from '../core/ports.js';

/** The runtime's own generator: nothing here needs to be unpredictable. */
export const systemRandom: Random = { ratio: () => Math.random() };
