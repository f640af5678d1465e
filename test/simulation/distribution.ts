/** Each bucket is this much wider than the one before: percentiles are exact to half of it. */
const GROWTH = 1.01;
const LOG_GROWTH = Math.log(GROWTH);

/** Waits by the million, in logarithmic buckets. Milliseconds. */
export class Distribution {
  readonly #buckets: number[] = [];
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  get count(): number {
    return this.#count;
  }

  get maxMs(): number {
    return this.#maxMs;
  }

  get meanMs(): number {
    return this.#count === 0 ? 0 : this.#sumMs / this.#count;
  }

  add(ms: number): void {
    const bucket = Math.round(Math.log(1 + Math.max(0, ms)) / LOG_GROWTH);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sumMs += ms;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  addAll(other: Distribution): void {
    other.#buckets.forEach((count, bucket) => {
      this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + count;
    });
    this.#count += other.#count;
    this.#sumMs += other.#sumMs;
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs);
  }

  /** 0 where nothing was added. */
  percentileMs(ratio: number): number {
    const rank = Math.ceil(this.#count * ratio);
    let seen = 0;
    for (const [bucket, count] of this.#buckets.entries()) {
      // Buckets that nothing fell into are holes in the array.
      seen += (count as number | undefined) ?? 0;
      if (seen >= rank && seen > 0) return Math.min(this.#maxMs, Math.round(GROWTH ** bucket - 1));
    }
    return 0;
  }
}
