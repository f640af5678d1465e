import { type ByPriority, PRIORITIES, type Priority } from '../contracts/priority.js';

/**
 * The order in which one turn asks the queues for work: most urgent first, except that each class leads at least
 * its minimum share of the turns, whatever waits above it.
 *
 * @param minShares ratios whose sum is at most 1; what they leave over belongs to the most urgent class.
 * @param draw uniform in [0, 1), fresh for each turn.
 */
export function turnOrder(minShares: ByPriority<number>, draw: number): readonly Priority[] {
  const leader = leaderOf(minShares, draw);
  return [leader, ...PRIORITIES.filter((priority) => priority !== leader)];
}

function leaderOf(minShares: ByPriority<number>, draw: number): Priority {
  let upTo = 0;
  for (const priority of [...PRIORITIES].reverse()) {
    upTo += minShares[priority];
    if (draw < upTo) return priority;
  }
  return PRIORITIES[0];
}
