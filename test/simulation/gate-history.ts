import type { Gate } from '../../lambdas/core/gate/gate.js';

interface Closing {
  readonly atMs: number;
  readonly untilMs: number;
}

interface OpenBreaker {
  readonly sinceMs: number;
  /** The slot that claimed the probe last, until its call. */
  prober: string | undefined;
}

interface Slowing {
  readonly writtenMs: number;
  readonly ratio: number;
  readonly sinceMs: number;
}

interface Standing {
  readonly atMs: number;
  readonly slowing: Slowing | undefined;
  readonly breakerOpen: boolean;
}

export type Slowed = 'no' | 'perhaps' | 'yes';

/** How the rate comes back, as the documents say: written here once more, so that no error of the product hides. */
const LEAST_RATIO = 0.1;
const WHOLE_AFTER_MS = 30_000;

/**
 * Within this time a slot sees that it is slowed: a second for the control record, another for a long poll, and
 * whatever requests take that fail and are repeated.
 */
const SLOWING_SEEN_AFTER_MS = 4_000;

/** The sum is taken in steps of this length: exact but for the kinks. */
const STEP_MS = 10;

/** What was written into the gate, when and by whom: what a judge of the calls has to know. */
export class GateHistory {
  #closings: Closing[] = [];
  #breaker: OpenBreaker | undefined;
  #slowing: Slowing | undefined;
  /** How things stood after each change, the last one that every slot must have seen first. */
  #stood: Standing[] = [];

  changed(
    before: Gate,
    after: Gate,
    { slotId, nowMs }: { readonly slotId: string; readonly nowMs: number },
  ): void {
    if (after.gateUntilMs > before.gateUntilMs) {
      const closing = { atMs: nowMs, untilMs: after.gateUntilMs };
      this.#closings = [...this.#closings.filter(({ untilMs }) => untilMs > nowMs), closing];
    }
    if (after.slowdown !== undefined && after.slowdown !== before.slowdown)
      this.#slowing = { writtenMs: nowMs, ...after.slowdown };
    if (after.breaker === undefined) this.#breaker = undefined;
    else if (before.breaker === undefined) this.#breaker = { sinceMs: nowMs, prober: undefined };
    else if (this.#breaker !== undefined)
      this.#breaker.prober = after.breaker.opens === before.breaker.opens ? slotId : undefined;
    this.#stood.push({ atMs: nowMs, slowing: this.#slowing, breakerOpen: this.#breaker !== undefined });
  }

  /** Until when the gate had been closed at `beforeMs`, as far as that reaches beyond `nowMs`. */
  closedBefore(beforeMs: number, nowMs: number): number | undefined {
    return this.#closings.find(({ atMs, untilMs }) => atMs < beforeMs && untilMs > nowMs)?.untilMs;
  }

  /** Whether a call of this slot passes an open breaker: before it was seen, or as the one probe of a claim. */
  passesBreaker(slotId: string, seenBeforeMs: number): boolean {
    const breaker = this.#breaker;
    if (breaker === undefined) return true;
    const isProbe = breaker.prober === slotId;
    if (isProbe) breaker.prober = undefined;
    return isProbe || breaker.sinceMs >= seenBeforeMs;
  }

  /** Whether slots are slowed: for sure only where that follows from all that a slot may have seen last. */
  slowed(nowMs: number): Slowed {
    const seenBeforeMs = nowMs - SLOWING_SEEN_AFTER_MS;
    while ((this.#stood[1]?.atMs ?? Infinity) <= seenBeforeMs) this.#stood.shift();
    const [first] = this.#stood;
    const last = this.#stood.at(-1);
    if (first === undefined || last === undefined || !isSlowed(last, nowMs)) return 'no';
    const sinceSeen =
      first.atMs <= seenBeforeMs && this.#stood.every((standing) => isSlowed(standing, nowMs));
    return sinceSeen ? 'yes' : 'perhaps';
  }

  /** How much time at the full rate passed between two instants; undefined where slots could not know the rate. */
  fullRateMs(fromMs: number, toMs: number, knownBeforeMs: number): number | undefined {
    const slowing = this.#slowing;
    if (slowing === undefined || slowing.writtenMs > knownBeforeMs) return undefined;
    let countedMs = 0;
    for (let stepMs = fromMs; stepMs < toMs; stepMs += STEP_MS) {
      const lengthMs = Math.min(STEP_MS, toMs - stepMs);
      countedMs += lengthMs * ratioOf(slowing, stepMs + lengthMs / 2);
    }
    return countedMs;
  }
}

function isSlowed({ slowing, breakerOpen }: Standing, nowMs: number): boolean {
  return breakerOpen || (slowing !== undefined && ratioOf(slowing, nowMs) < 1);
}

function ratioOf({ ratio, sinceMs }: Slowing, atMs: number): number {
  const recovered = ratio + Math.max(0, atMs - sinceMs) / WHOLE_AFTER_MS;
  return Math.min(1, Math.max(LEAST_RATIO, recovered));
}
