import {
  byPriority,
  type ByPriority,
  PRIORITIES,
  type Priority,
} from '../../lambdas/core/contracts/priority.js';

/** One execution to start, `atMs` after the load begins. */
export interface PlannedStart {
  readonly name: string;
  readonly priority: Priority;
  readonly atMs: number;
}

export interface LoadShape {
  readonly calls: number;
  readonly mix: ByPriority<number>;
  /** How long the calls will take at the legacy API's limit. */
  readonly expectedMs: number;
}

/**
 * When each class arrives, as a share of the expected run: BATCH all at once, so that it is saturated throughout;
 * NORMAL during the first half; HIGH later, when it would have to queue behind BATCH if it could not overtake.
 */
const ARRIVALS: ByPriority<{ readonly from: number; readonly to: number }> = {
  HIGH: { from: 0.15, to: 0.7 },
  NORMAL: { from: 0, to: 0.5 },
  BATCH: { from: 0, to: 0 },
};

/** The starts of a load, in order of time; the counts by priority add up to `calls`. */
export function planLoad({ calls, mix, expectedMs }: LoadShape): readonly PlannedStart[] {
  const counts = countsOf(calls, mix);
  return PRIORITIES.flatMap((priority) => {
    const { from, to } = ARRIVALS[priority];
    return Array.from({ length: counts[priority] }, (_, index) => ({
      name: `${priority.toLowerCase()}-${String(index + 1).padStart(5, '0')}`,
      priority,
      atMs: Math.round(expectedMs * (from + ((to - from) * index) / Math.max(1, counts[priority]))),
    }));
  }).sort((one, other) => one.atMs - other.atMs);
}

function countsOf(calls: number, mix: ByPriority<number>): ByPriority<number> {
  const total = PRIORITIES.reduce((sum, priority) => sum + mix[priority], 0);
  const [HIGH, NORMAL] = [Math.round((calls * mix.HIGH) / total), Math.round((calls * mix.NORMAL) / total)];
  const counts = { HIGH, NORMAL: Math.min(NORMAL, calls - HIGH), BATCH: 0 };
  const rest = calls - counts.HIGH - counts.NORMAL;
  // Rounding must not send calls to a class that has no share.
  const takesRest = mix.BATCH > 0 ? 'BATCH' : mix.NORMAL > 0 ? 'NORMAL' : 'HIGH';
  return byPriority((priority) => counts[priority] + (priority === takesRest ? rest : 0));
}
