/** Times of calls as they arrived at the API, for as long as they can count in a window. Milliseconds of one clock. */
export class CallWindow {
  readonly #windowMs: number;
  readonly #keepMs: number;
  /** In order of time: calls may be told of in another order than they came in. */
  #startsMs: number[] = [];

  constructor(windowMs: number, keepMs: number) {
    this.#windowMs = windowMs;
    this.#keepMs = windowMs + keepMs;
  }

  add(atMs: number): void {
    let place = this.#startsMs.length;
    while (place > 0 && (this.#startsMs[place - 1] ?? 0) > atMs) place -= 1;
    this.#startsMs.splice(place, 0, atMs);
  }

  /** Calls in the window that ends at `nowMs`. */
  countAt(nowMs: number): number {
    return this.#startsMs.filter((startMs) => startMs > nowMs - this.#windowMs && startMs <= nowMs).length;
  }

  /** Most calls in any window that ends in (`fromMs`, `toMs`]: a window is fullest when a call has just come. */
  peakIn(fromMs: number, toMs: number): number {
    const ends = [fromMs, ...this.#startsMs.filter((startMs) => startMs > fromMs && startMs <= toMs)];
    return Math.max(...ends.map((endMs) => this.countAt(endMs)));
  }

  /** Forgets what no question can be about any more. */
  forget(nowMs: number): void {
    const first = this.#startsMs.findIndex((startMs) => startMs > nowMs - this.#keepMs);
    this.#startsMs = first === -1 ? [] : this.#startsMs.slice(first);
  }
}
