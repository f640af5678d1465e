import type { LegacyApiFigures } from './figures.js';
import { requireValidLimits, type Limits, type RateLimit } from './rate-limit.js';
import { SeenKeys } from './seen-keys.js';
import { SlidingWindow } from './sliding-window.js';

/** Whether the call that just arrived kept the limits; a breach of both kinds is reported as `overRate`. */
export type Verdict =
  | { readonly kind: 'within' }
  | { readonly kind: 'overRate'; readonly limit: RateLimit; readonly retryAfterMs: number }
  | { readonly kind: 'overInFlight'; readonly inFlightMax: number };

/**
 * Says of every call whether it kept the promise: at most N starts in any window of W, at most C in flight.
 *
 * Strict: a breaching call is a start like any other, in the figures and in the windows that later calls are judged
 * by, so a client that hammers stays refused. It is also in flight until `finish`, however short that is. Each call
 * is judged by the limits in force when it arrives. Pure: it takes times as arguments and knows no clock.
 */
export class Judge {
  #limits: Limits;
  #windows: readonly SlidingWindow[];
  #retired: WorstWindow | undefined;
  readonly #keys = new SeenKeys();
  #calls = 0;
  #inFlight = 0;
  #maxInFlight = 0;
  #responses429 = 0;
  #repeatedKeys = 0;
  #firstStartMs: number | null = null;
  #lastStartMs: number | null = null;

  constructor(limits: Limits) {
    requireValidLimits(limits);
    this.#limits = limits;
    this.#windows = limits.limits.map((limit) => new SlidingWindow(limit));
  }

  /** Starts a call; pair it with `finish`. Throws when time runs backwards, for then no window is worth anything. */
  arrive(atMs: number): Verdict {
    if (this.#lastStartMs !== null && atMs < this.#lastStartMs) {
      throw new RangeError(`arrivals are out of order: ${atMs} ms after ${this.#lastStartMs} ms`);
    }
    this.#calls += 1;
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    this.#firstStartMs ??= atMs;
    this.#lastStartMs = atMs;
    return this.#rateVerdict(atMs) ?? this.#inFlightVerdict() ?? { kind: 'within' };
  }

  /** Ends a call that arrived. */
  finish(): void {
    if (this.#inFlight === 0) throw new RangeError('a call finished that never arrived: 0 are in flight');
    this.#inFlight -= 1;
  }

  /** Counts an execution; true when its key was executed before. Calls without a key are never repeats. */
  execute(idempotencyKey: string | null): boolean {
    const repeated = idempotencyKey !== null && this.#keys.see(idempotencyKey);
    if (repeated) this.#repeatedKeys += 1;
    return repeated;
  }

  /** Counts an answer of 429. */
  answer429(): void {
    this.#responses429 += 1;
  }

  /**
   * Replaces the limits for the calls that arrive from now on.
   *
   * The new windows know the starts that the longest old window remembered: tightening a limit is judged at once,
   * while a lengthened window (or one set where none was) is complete only once it has passed.
   */
  setLimits(limits: Limits): void {
    requireValidLimits(limits);
    const longest = this.#windows.reduce<SlidingWindow | undefined>(
      (best, window) => (best === undefined || window.limit.windowMs > best.limit.windowMs ? window : best),
      undefined,
    );
    const historyMs = longest?.historyMs() ?? [];
    this.#retired = this.#worstWindow();
    this.#limits = limits;
    this.#windows = limits.limits.map((limit) => new SlidingWindow(limit, historyMs));
  }

  figures(): LegacyApiFigures {
    const worst = this.#worstWindow();
    return {
      calls: this.#calls,
      maxInFlight: this.#maxInFlight,
      worstWindowCalls: worst?.worstCalls ?? null,
      limitCalls: worst?.limit.calls ?? null,
      limitWindowMs: worst?.limit.windowMs ?? null,
      responses429: this.#responses429,
      repeatedKeys: this.#repeatedKeys,
      firstStartMs: this.#firstStartMs,
      lastStartMs: this.#lastStartMs,
    };
  }

  #rateVerdict(atMs: number): Verdict | undefined {
    this.#windows.forEach((window) => window.start(atMs));
    const breached = this.#windows.filter((window) => window.calls > window.limit.calls);
    const last = breached.reduce<SlidingWindow | undefined>(
      (latest, window) => (latest === undefined || window.fitsAtMs() > latest.fitsAtMs() ? window : latest),
      undefined,
    );
    return last && { kind: 'overRate', limit: last.limit, retryAfterMs: last.fitsAtMs() - atMs };
  }

  #inFlightVerdict(): Verdict | undefined {
    const { inFlightMax } = this.#limits;
    if (inFlightMax === undefined || this.#inFlight <= inFlightMax) return undefined;
    return { kind: 'overInFlight', inFlightMax };
  }

  /** On a tie the window in force wins over the one it replaced. */
  #worstWindow(): WorstWindow | undefined {
    return this.#windows.reduce<WorstWindow | undefined>(
      (worst, { limit, worstCalls }) =>
        worst === undefined || worstCalls / limit.calls >= worst.worstCalls / worst.limit.calls
          ? { limit, worstCalls }
          : worst,
      this.#retired,
    );
  }
}

interface WorstWindow {
  readonly limit: RateLimit;
  readonly worstCalls: number;
}
