import type { Random } from '../../lambdas/core/ports.js';

export { seededRandom } from '../../lambdas/core/planning/seeded-random.js';

/** Always draws the same ratio: with 0.99 the most urgent class leads every turn, and jitter is at its longest. */
export function constantRandom(ratio: number): Random {
  return { ratio: () => ratio };
}
