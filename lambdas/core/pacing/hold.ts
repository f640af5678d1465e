/** The legacy API's own rule: at most `calls` call starts in any window of `windowMs`. */
export interface RateLimit {
  /** At least 1. */
  readonly calls: number;
  /** Milliseconds, at least 1. */
  readonly windowMs: number;
}

/**
 * How often one slot may start a call while `slots` of them share the limits: no window of any limit can hold
 * more starts than it allows, whatever the slots' phases, and with no state shared between them.
 *
 * A slot that starts calls at least `hold = (W + J) / k` apart starts at most `k = floor(N / C)` of them in any
 * window of W, so all C slots together start at most C * k <= N. Spacing them `C * W / N` apart instead breaks
 * the limit wherever C does not divide N.
 *
 * @param arrivalJitterMs J, the spread of delays between our send and the API's door.
 * @returns milliseconds; 0 without limits; Infinity where a limit has fewer calls than there are slots.
 */
export function holdMs(limits: readonly RateLimit[], slots: number, arrivalJitterMs: number): number {
  const holds = limits.map(({ calls, windowMs }) =>
    // Infinity where no call is left for each slot: a division by zero.
    Math.ceil((windowMs + arrivalJitterMs) / Math.floor(calls / slots)),
  );
  return Math.max(0, ...holds);
}

/** How long a slot that died may still weigh on the legacy API: its hold, and the call it left behind. */
export function crashWaitMs(slotHoldMs: number, serviceTimeMaxMs: number, arrivalJitterMs: number): number {
  return Math.max(slotHoldMs, serviceTimeMaxMs + arrivalJitterMs);
}
