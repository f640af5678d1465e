/** At most `calls` calls may start in any half-open window (t - `windowMs`, t]. */
export interface RateLimit {
  readonly calls: number;
  readonly windowMs: number;
}

/** What the API permits. An empty `limits` and an absent `inFlightMax` permit everything. */
export interface Limits {
  readonly limits: readonly RateLimit[];
  readonly inFlightMax?: number | undefined;
}

/** Starts one window remembers: 8 MB, and more than any limit worth simulating on one machine. */
export const WINDOW_STARTS_MAX = 1_000_000;

/** Throws a RangeError that lists every fault of the limits. */
export function requireValidLimits({ limits, inFlightMax }: Limits): void {
  const faults = limits.flatMap(({ calls, windowMs }, index) => [
    ...(Number.isInteger(calls) && calls >= 1 && calls < WINDOW_STARTS_MAX
      ? []
      : [`limits[${index}].calls is ${calls}, allowed are integers from 1 to ${WINDOW_STARTS_MAX - 1}`]),
    ...(Number.isFinite(windowMs) && windowMs > 0
      ? []
      : [`limits[${index}].windowMs is ${windowMs}, allowed are milliseconds above 0`]),
  ]);
  if (inFlightMax !== undefined && !(Number.isInteger(inFlightMax) && inFlightMax >= 1)) {
    faults.push(`inFlightMax is ${inFlightMax}, allowed are integers from 1; leave it out for no cap`);
  }
  if (faults.length > 0) throw new RangeError(`the legacy API's limits are invalid: ${faults.join('; ')}`);
}
