export interface Throttling {
  /** Requests that may come at once. */
  readonly burst: number;
  readonly requestsPerSecond: number;
}

/** Admits a burst, then so many a second, as a stage of API Gateway does. */
export class TokenBucket {
  readonly #throttling: Throttling;
  readonly #nowMs: () => number;
  #tokens: number;
  #countedAtMs: number;

  constructor(throttling: Throttling, nowMs: () => number) {
    this.#throttling = throttling;
    this.#nowMs = nowMs;
    this.#tokens = throttling.burst;
    this.#countedAtMs = nowMs();
  }

  admits(): boolean {
    const { burst, requestsPerSecond } = this.#throttling;
    const nowMs = this.#nowMs();
    const gained = ((nowMs - this.#countedAtMs) * requestsPerSecond) / 1_000;
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#countedAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
