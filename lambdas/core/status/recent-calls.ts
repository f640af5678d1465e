import { pacedLimits } from '../config/limit-kinds.js';
import type { METRICS } from '../contracts/metrics.js';
import type { RateLimit } from '../pacing/hold.js';
import { limitPerSecond } from '../planning/limit-use.js';

/** The metrics that tell what calls came to. */
export const CALL_METRICS = [
  'callsStarted',
  'succeeded',
  'rejected',
  'unavailable',
  'outcomeUnknown',
  'responseTooLarge',
  'throttled',
  'lateResults',
] as const satisfies readonly (keyof typeof METRICS)[];

export type CallCounts = Readonly<Record<(typeof CALL_METRICS)[number], number>>;

/** What slots have published of their calls, of all classes together. They publish every few seconds. */
export interface RecentCalls extends CallCounts {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The same for people and programs, instants in ISO 8601. */
export interface RecentStatus extends CallCounts {
  readonly from: string;
  readonly until: string;
  /** Calls started, of those that the limits in force allow in this time. Null where no rate limit paces the calls. */
  readonly limitUsedRatio: number | null;
}

export function recentStatusOf(
  { fromMs, untilMs, ...counts }: RecentCalls,
  inForce: readonly RateLimit[],
): RecentStatus {
  const allowed = (limitPerSecond(pacedLimits(inForce)) * (untilMs - fromMs)) / 1_000;
  return {
    from: new Date(fromMs).toISOString(),
    until: new Date(untilMs).toISOString(),
    limitUsedRatio: Number.isFinite(allowed) ? counts.callsStarted / allowed : null,
    ...counts,
  };
}
