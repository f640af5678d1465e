import { holdMs, type RateLimit } from '../pacing/hold.js';
import { pacedLimits } from '../config/limit-kinds.js';
import { type Latency, meanOfLongerMs } from './latency.js';
import { CALL_OVERHEAD_MS, RESTART_MS, START_LATE_MS } from './worker-times.js';

/** What decides how many calls a number of slots can start. */
export interface PacedApi {
  readonly limits: readonly RateLimit[];
  readonly latency: Latency;
  readonly arrivalJitterMs: number;
  readonly slotBudgetMs: number;
}

/** The most calls per second that the limits allow; Infinity without limits. */
export function limitPerSecond(limits: readonly RateLimit[]): number {
  return Math.min(...limits.map(({ calls, windowMs }) => (calls * 1_000) / windowMs));
}

/** The mean time from one call start of a slot to its next, with work always waiting: E[max(T, L + overhead)]. */
export function meanCycleMs(
  { limits, latency, arrivalJitterMs, slotBudgetMs }: PacedApi,
  slots: number,
): number {
  const hold = holdMs(pacedLimits(limits), slots, arrivalJitterMs);
  const cycleMs = CALL_OVERHEAD_MS + meanOfLongerMs(latency, hold - CALL_OVERHEAD_MS) + START_LATE_MS;
  return cycleMs * (1 + (RESTART_MS + CALL_OVERHEAD_MS) / slotBudgetMs);
}

/** Calls per second of all slots together, with work waiting and no quota spent; 0 where some slot could never call. */
export function capacityPerSecond(api: PacedApi, slots: number): number {
  return (slots * 1_000) / meanCycleMs(api, slots);
}

/** Share of the limit that is used meanwhile, from 0 to 1; 1 without limits that the hold keeps. */
export function limitUsedRatio(api: PacedApi, slots: number): number {
  const limits = pacedLimits(api.limits);
  return limits.length === 0 ? 1 : capacityPerSecond(api, slots) / limitPerSecond(limits);
}
