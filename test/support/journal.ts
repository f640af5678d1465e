import type { Clock } from '../../lambdas/core/ports.js';
import { START_MS } from './virtual-clock.js';

export interface Entry {
  /** Milliseconds since virtual time began. */
  readonly atMs: number;
  readonly what: string;
}

/** What was asked of the world, in order: the trace that tests assert on. */
export class Journal {
  readonly #clock: Clock;
  readonly #entries: Entry[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  write(what: string): void {
    this.#entries.push({ atMs: this.#clock.nowMs() - START_MS, what });
  }

  /** The entries that match, without their times. */
  lines(pattern = /./): readonly string[] {
    return this.entries(pattern).map(({ what }) => what);
  }

  /** The entries that match, each as `<ms>: <what>`. */
  timed(pattern = /./): readonly string[] {
    return this.entries(pattern).map(({ atMs, what }) => `${atMs}: ${what}`);
  }

  /** When the entries that match were written. */
  times(pattern = /./): readonly number[] {
    return this.entries(pattern).map(({ atMs }) => atMs);
  }

  entries(pattern = /./): readonly Entry[] {
    return this.#entries.filter(({ what }) => pattern.test(what));
  }
}
