const WHOLE_SECONDS = /^\d{1,9}$/;

/**
 * Milliseconds that a Retry-After header asks to wait, in either of its forms (RFC 9110, section 10.2.3):
 * seconds, or an HTTP date. A date in the past gives 0. Undefined for anything else.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const value = header?.trim() ?? '';
  if (WHOLE_SECONDS.test(value)) return Number(value) * 1_000;
  // Every HTTP date form names a weekday first; Date.parse alone would also take bare numbers.
  const dateMs = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
