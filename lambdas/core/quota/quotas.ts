import { quotaLimits } from '../config/limit-kinds.js';
import { QUOTA_WINDOW_MAX_MS } from '../config/orchestrator-config.js';
import type { RateLimit } from '../pacing/hold.js';

/** How far the clocks of two invocations may be apart, twice: the decision and the call may err in opposite ways. */
const CLOCK_SKEW_MS = 1_000;

/** A limit whose window is too long for the hold: its calls are counted in the quota book. */
export interface Quota {
  readonly calls: number;
  /** How long a call counts, from the latest instant at which it may be sent. */
  readonly spanMs: number;
}

/**
 * The quotas among the limits. Throws where one has a longer window than the quota book remembers.
 *
 * @param arrivalJitterMs J: calls may reach the API's door closer together than they were sent.
 */
export function quotasOf(limits: readonly RateLimit[], arrivalJitterMs: number): readonly Quota[] {
  return quotaLimits(limits).map(({ calls, windowMs }) => {
    if (windowMs > QUOTA_WINDOW_MAX_MS)
      throw new RangeError(
        `limits: a window of ${windowMs} ms is longer than the ${QUOTA_WINDOW_MAX_MS} ms for which calls are remembered; use a shorter one`,
      );
    return { calls, spanMs: windowMs + arrivalJitterMs + CLOCK_SKEW_MS };
  });
}
