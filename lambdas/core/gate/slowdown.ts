/** How much slower than their pace the slots call since the legacy API last refused them for their rate. */
export interface Slowdown {
  /** The part of the full rate that was left at `sinceMs`. */
  readonly ratio: number;
  /** Recovery counts from here: when the gate opens. Epoch milliseconds. */
  readonly sinceMs: number;
}

/** Never slower than this: the most urgent work trickles on, and the legacy API is asked how it is. */
export const RATIO_MIN = 0.1;

/** What one refusal leaves of the rate. */
const DECREASE_RATIO = 0.5;

/** From nothing to the full rate, in milliseconds: a halved rate is whole again after half of it. */
export const RECOVERY_MS = 30_000;

/**
 * The part of the full rate that is allowed at an instant: from `RATIO_MIN` to 1, and it never falls by itself.
 *
 * It grows with time instead of with calls that went well, so that recovering costs no write and does not wait for
 * work to come.
 */
export function ratioAt(slowdown: Slowdown | undefined, atMs: number): number {
  if (slowdown === undefined) return 1;
  return bounded(bounded(slowdown.ratio) + Math.max(0, atMs - slowdown.sinceMs) / RECOVERY_MS);
}

/**
 * The slowdown after a refusal that closes the gate until `gateUntilMs`: half the rate that was left.
 *
 * Several slots are refused by the same shortage. Who began its call before the last slowdown began to recover
 * proves nothing new: that refusal only puts off the recovery.
 */
export function slowedDown(
  slowdown: Slowdown | undefined,
  refusal: { readonly callStartedMs: number; readonly nowMs: number; readonly gateUntilMs: number },
): Slowdown {
  const { callStartedMs, nowMs, gateUntilMs } = refusal;
  if (slowdown !== undefined && callStartedMs < slowdown.sinceMs)
    return { ratio: slowdown.ratio, sinceMs: Math.max(slowdown.sinceMs, gateUntilMs) };
  return { ratio: bounded(ratioAt(slowdown, nowMs) * DECREASE_RATIO), sinceMs: gateUntilMs };
}

/**
 * When a wait that takes `durationMs` at the full rate ends if it begins at `fromMs`: while slots are slowed, time
 * counts by the ratio only. Never before `fromMs + durationMs`.
 *
 * This way no slot starts more calls in any stretch of time than the ratio allows, and however long the wait and
 * whatever the ratio, a slowdown lengthens it by less than half of `RECOVERY_MS`.
 */
export function slowedEndMs(slowdown: Slowdown | undefined, fromMs: number, durationMs: number): number {
  if (slowdown === undefined) return fromMs + durationMs;
  const lowRatio = ratioAt(slowdown, slowdown.sinceMs);
  const flatMs = Math.max(0, slowdown.sinceMs - fromMs);
  if (flatMs * lowRatio >= durationMs)
    return Math.max(fromMs + durationMs, ceil(fromMs + durationMs / lowRatio));
  return afterRecovering(slowdown, fromMs + flatMs, durationMs - flatMs * lowRatio);
}

/** As above, where the ratio grows from the start: its sum over time is a square, and then a line. */
function afterRecovering(slowdown: Slowdown, fromMs: number, durationMs: number): number {
  const ratio = ratioAt(slowdown, fromMs);
  const growingMs = (1 - ratio) * RECOVERY_MS;
  const countedMs = ((1 + ratio) / 2) * growingMs;
  if (durationMs >= countedMs) return ceil(fromMs + growingMs + durationMs - countedMs);
  return ceil(fromMs + RECOVERY_MS * (Math.sqrt(ratio ** 2 + (2 * durationMs) / RECOVERY_MS) - ratio));
}

function bounded(ratio: number): number {
  return Math.min(1, Math.max(RATIO_MIN, ratio));
}

/** The next whole millisecond; what rounding errors add to one does not count. */
function ceil(instantMs: number): number {
  return Math.ceil(instantMs - 1e-3);
}
