/** The legacy API fails whatever it is asked: until `untilMs` nobody calls, then one slot at a time tries. */
export interface Breaker {
  /** How often it has opened since the legacy API last answered. From 1. */
  readonly opens: number;
  /** Nobody calls before this instant; then a slot may claim the probe by moving it. Epoch milliseconds. */
  readonly untilMs: number;
}

/** So many different calls of one slot must fail in a row. */
export const BREAKER_FAILURES = 5;

const BACKOFF_FIRST_MS = 5_000;
const BACKOFF_MAX_MS = 60_000;

/** For how long the breaker stays open after it has opened for the `opens`th time in a row. */
export function backoffMs(opens: number): number {
  return Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** (opens - 1));
}
