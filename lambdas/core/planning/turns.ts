import type { ByPriority } from '../contracts/priority.js';

/**
 * How many calls per second each class gets while it demands this many: its minimum share at least, and whatever
 * more urgent classes leave over.
 *
 * @param demandPerSecond Infinity for a class with a backlog.
 */
export function servedPerSecond(
  capacityPerSecond: number,
  minShares: ByPriority<number>,
  demandPerSecond: ByPriority<number>,
): ByPriority<number> {
  const normalLeast = Math.min(demandPerSecond.NORMAL, minShares.NORMAL * capacityPerSecond);
  const batchLeast = Math.min(demandPerSecond.BATCH, minShares.BATCH * capacityPerSecond);
  const high = Math.min(demandPerSecond.HIGH, capacityPerSecond - normalLeast - batchLeast);
  // Rounding may leave a class a hair less than its minimum, which would make its wait grow on paper.
  const normal = Math.max(
    normalLeast,
    Math.min(demandPerSecond.NORMAL, capacityPerSecond - high - batchLeast),
  );
  const batch = Math.max(batchLeast, Math.min(demandPerSecond.BATCH, capacityPerSecond - high - normal));
  return { HIGH: high, NORMAL: normal, BATCH: batch };
}
