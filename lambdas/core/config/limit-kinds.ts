import type { RateLimit } from '../pacing/hold.js';
import { LIMIT_WINDOW_MAX_MS } from './orchestrator-config.js';

/** The limits that the hold keeps. */
export function pacedLimits(limits: readonly RateLimit[]): readonly RateLimit[] {
  return limits.filter(({ windowMs }) => windowMs <= LIMIT_WINDOW_MAX_MS);
}

/** The quotas: limits that the quota book keeps, because their windows are too long for the hold. */
export function quotaLimits(limits: readonly RateLimit[]): readonly RateLimit[] {
  return limits.filter(({ windowMs }) => windowMs > LIMIT_WINDOW_MAX_MS);
}

/** The most slots that all have a call in every window of these limits. Infinity where none of them sets a pace. */
export function slotsWithACallMax(limits: readonly RateLimit[]): number {
  return Math.min(Infinity, ...pacedLimits(limits).map(({ calls }) => calls));
}
