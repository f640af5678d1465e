import { WINDOW_STARTS_MAX, type RateLimit } from './rate-limit.js';

/** Dead entries tolerated before the array is compacted; keeps each start amortised constant. */
const COMPACT_AFTER = 1_024;

/**
 * Counts exactly how many calls start in the half-open window (t - W, t] that ends with each call.
 *
 * No window anywhere can hold more starts than the fullest of those, so `worstCalls` is the true worst case over all
 * positions of the window. Remembers at most `startsMax` starts: beyond that counts saturate there, far above the
 * limit, so no verdict changes. Starts must come in order of time.
 */
export class SlidingWindow {
  readonly limit: RateLimit;
  readonly #startsMax: number;
  #startsMs: number[];
  #oldest = 0;
  #worstCalls = 0;

  constructor(limit: RateLimit, historyMs: readonly number[] = [], startsMax = WINDOW_STARTS_MAX) {
    this.limit = limit;
    this.#startsMs = [...historyMs];
    this.#startsMax = startsMax;
  }

  /** Starts in the window that ends with the last one, itself included. */
  get calls(): number {
    return this.#startsMs.length - this.#oldest;
  }

  /** Most starts any window has held, refused calls included. */
  get worstCalls(): number {
    return this.#worstCalls;
  }

  /** Adds a start. */
  start(atMs: number): void {
    this.#startsMs.push(atMs);
    this.#forgetUntil(atMs);
    this.#worstCalls = Math.max(this.#worstCalls, this.calls);
  }

  /** Earliest time one more call fits under the limit if none starts before it; -Infinity when one fits at once. */
  fitsAtMs(): number {
    const leavesFirst = this.#startsMs.length - this.limit.calls;
    const startMs = leavesFirst < this.#oldest ? undefined : this.#startsMs[leavesFirst];
    return startMs === undefined ? -Infinity : startMs + this.limit.windowMs;
  }

  /** The starts still remembered, oldest first. */
  historyMs(): readonly number[] {
    return this.#startsMs.slice(this.#oldest);
  }

  #forgetUntil(nowMs: number): void {
    while (this.#hasLeft(this.#startsMs[this.#oldest], nowMs)) this.#oldest += 1;
    this.#oldest = Math.max(this.#oldest, this.#startsMs.length - this.#startsMax);
    if (this.#oldest >= COMPACT_AFTER && this.#oldest * 2 > this.#startsMs.length) {
      this.#startsMs = this.historyMs().slice();
      this.#oldest = 0;
    }
  }

  #hasLeft(startMs: number | undefined, nowMs: number): boolean {
    return startMs !== undefined && startMs + this.limit.windowMs <= nowMs;
  }
}
