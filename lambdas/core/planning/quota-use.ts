import type { RateLimit } from '../pacing/hold.js';
import { quotaLimits } from '../config/limit-kinds.js';
import type { PlanInput } from './plan-input.js';

const DAY_MS = 86_400_000;

/** A quota is counted a little too strictly: its calls are remembered in cells of a forty-eighth of its window. */
const USABLE_RATIO = 48 / 49;

/**
 * The most calls per second that the quotas leave for all of a night; Infinity where none renews within it. A longer
 * one may be spent at the pace of the other limits, so it bounds what a whole window asks for, and no rate.
 */
export function quotaPerSecond({ limits, nightMs }: Pick<PlanInput, 'limits' | 'nightMs'>): number {
  const renewed = quotaLimits(limits).filter(({ windowMs }) => windowMs <= nightMs);
  return Math.min(...renewed.map((quota) => (usableCalls(quota) * 1_000) / quota.windowMs));
}

/** The calls of a quota that can be made in each of its windows. */
export function usableCalls({ calls }: RateLimit): number {
  return Math.floor(calls * USABLE_RATIO);
}

/** What is asked for in the fullest window of this length: it holds at least one whole BATCH. */
export function callsAskedFor({ HIGH, NORMAL, BATCH }: PlanInput['demand'], windowMs: number): number {
  const steady = ((HIGH.callsPerSecond + NORMAL.callsPerSecond) * windowMs) / 1_000;
  return steady + BATCH.callsPerNight * Math.max(1, windowMs / DAY_MS);
}
