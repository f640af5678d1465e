/** Left out at the start of each busy period: slots start at the pace of the mapping, five more each second. */
export const RAMP_MS = 15_000;

/**
 * How well the slots are used while there is more to do than they can: the time that calls needed, by the hold and
 * the legacy API's latency alone, over the time that the slots had.
 *
 * A busy period lasts as long as each call that starts leaves at least one message for every slot behind.
 */
export class SaturationMeter {
  readonly #slots: number;
  readonly #holdMs: number;
  #sinceMs: number | undefined;
  #lastMs = 0;
  #periodMs = 0;
  #neededMs = 0;
  #calls = 0;

  constructor(slots: number, holdMs: number) {
    this.#slots = slots;
    this.#holdMs = holdMs;
  }

  get busyMs(): number {
    return this.#periodMs + this.#openMs;
  }

  get calls(): number {
    return this.#calls;
  }

  /** What the slots' time would have been had each call started the instant it might. */
  get neededMs(): number {
    return this.#neededMs;
  }

  callStarted(nowMs: number, backlog: number): void {
    if (backlog >= this.#slots) {
      this.#sinceMs ??= nowMs;
      this.#lastMs = nowMs;
    } else if (this.#sinceMs !== undefined) {
      this.#periodMs += this.#openMs;
      this.#sinceMs = undefined;
    }
  }

  callEnded(nowMs: number, serviceTimeMs: number): void {
    const startedMs = nowMs - serviceTimeMs;
    if (this.#sinceMs === undefined || startedMs < this.#sinceMs + RAMP_MS) return;
    this.#calls += 1;
    this.#neededMs += Math.max(this.#holdMs, serviceTimeMs);
  }

  get #openMs(): number {
    return this.#sinceMs === undefined ? 0 : Math.max(0, this.#lastMs - this.#sinceMs - RAMP_MS);
  }
}
