import type { RunOptions } from '../cli/options.js';
import type { JudgedApiProcess } from '../legacy-api/start-judged-api.js';
import type { PageState } from './page-state.js';

type Latency = RunOptions['latency'];

/** How much longer calls take when the API is told to be slow. */
const SLOWER_BY = 10;

/** The stack in cdk.json gives a call up after 8 s: slow is not to mean lost. */
const SLOW_MAX_MS = 4_000;

/** Puts the API out of sorts and back, and knows how it is. */
export class ApiMood {
  readonly #api: Pick<JudgedApiProcess, 'setLatency' | 'refuseFor'>;
  readonly #usual: Latency;
  #slow = false;
  #refusesUntilMs = 0;

  constructor(api: Pick<JudgedApiProcess, 'setLatency' | 'refuseFor'>, usual: Latency) {
    this.#api = api;
    this.#usual = usual;
  }

  /** For the calls that arrive from shortly after now. */
  setSlow(slow: boolean): Latency {
    this.#slow = slow;
    this.#api.setLatency(this.#latency);
    return this.#latency;
  }

  refuseFor(durationMs: number): void {
    this.#refusesUntilMs = Date.now() + durationMs;
    this.#api.refuseFor(durationMs);
  }

  now(): Pick<PageState, 'latency' | 'refusesUntil'> {
    const refuses = this.#refusesUntilMs > Date.now();
    return {
      latency: { ...this.#latency, slow: this.#slow },
      refusesUntil: refuses ? new Date(this.#refusesUntilMs).toISOString() : null,
    };
  }

  get #latency(): Latency {
    const slower = (ms: number) => Math.max(ms, Math.min(ms * SLOWER_BY, SLOW_MAX_MS));
    const { medianMs, p99Ms } = this.#usual;
    return this.#slow ? { medianMs: slower(medianMs), p99Ms: slower(p99Ms) } : this.#usual;
  }
}
