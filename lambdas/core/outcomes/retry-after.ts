const WHOLE_SECONDS = /^\d+$/;

const TIME = String.raw`\d{2}:\d{2}:\d{2}`;

/** The three forms of an HTTP date (RFC 9110, section 5.6.7). Date.parse alone would make a date of many a word. */
const HTTP_DATE = new RegExp(
  [
    String.raw`^[a-z]{3}, \d{2} [a-z]{3} \d{4} ${TIME} GMT$`,
    String.raw`^[a-z]{6,9}, \d{2}-[a-z]{3}-\d{2} ${TIME} GMT$`,
    String.raw`^[a-z]{3} [a-z]{3} [ \d]\d ${TIME} \d{4}$`,
  ].join('|'),
  'i',
);

/**
 * Milliseconds that a Retry-After header asks to wait, in either of its forms (RFC 9110, section 10.2.3):
 * seconds, or an HTTP date. A date in the past gives 0. Undefined for anything else.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const value = header?.trim() ?? '';
  if (WHOLE_SECONDS.test(value)) return Math.min(Number.MAX_SAFE_INTEGER, Number(value) * 1_000);
  if (!HTTP_DATE.test(value)) return undefined;
  // The third form names no zone and means GMT.
  const dateMs = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
