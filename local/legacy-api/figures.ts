/**
 * What the judge saw since it started. Every request whose headers arrived is a call, a refused one too.
 *
 * The three limit figures describe the rate limit, present or replaced, that came closest to (or went furthest
 * beyond) its bound; they are null when no rate limit was ever set. Times are milliseconds of `performance.now()`.
 */
export interface LegacyApiFigures {
  readonly calls: number;
  /** Most calls in flight at once; a call refused for being one too many is counted in it. */
  readonly maxInFlight: number;
  /** Most calls that arrived in any window of `limitWindowMs`; at most `limitCalls` when the promise was kept. */
  readonly worstWindowCalls: number | null;
  readonly limitCalls: number | null;
  readonly limitWindowMs: number | null;
  readonly responses429: number;
  /** Executions of an idempotency key beyond its first. */
  readonly repeatedKeys: number;
  readonly firstStartMs: number | null;
  readonly lastStartMs: number | null;
}
