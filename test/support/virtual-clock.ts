import type { Clock } from '../../lambdas/core/ports.js';

/** Where virtual time begins: an arbitrary instant, far from 0 so that epoch and duration are never mixed up. */
export const START_MS = Date.parse('2030-01-31T12:00:00.000Z');

/** Nothing of ours looks at the clock this often in one instant unless it spins. */
const LOOKS_PER_INSTANT_MAX = 100_000;

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time that stands still until everything waits for it, and then jumps to the next instant somebody waits for. */
export class VirtualClock implements Clock {
  #nowMs = START_MS;
  #created = 0;
  #looks = 0;
  #timers: Timer[] = [];

  nowMs(): number {
    this.#looks += 1;
    if (this.#looks > LOOKS_PER_INSTANT_MAX)
      throw new Error('time stands still: a loop spins without waiting');
    return this.#nowMs;
  }

  sleepUntil(instantMs: number): Promise<void> {
    if (!(instantMs > this.#nowMs)) return Promise.resolve();
    return new Promise((resolve) => this.at(instantMs, resolve));
  }

  sleep(durationMs: number): Promise<void> {
    return this.sleepUntil(this.#nowMs + durationMs);
  }

  /** Runs something at an instant, after everything that was planned for that instant before. */
  at(instantMs: number, run: () => void): void {
    this.#created += 1;
    this.#timers.push({ atMs: Math.max(this.#nowMs, instantMs), order: this.#created, run });
    this.#timers.sort((one, other) => one.atMs - other.atMs || one.order - other.order);
  }

  /** Lets time pass until the promise settles. Throws when it never will, because nobody waits for anything. */
  async run<T>(promise: Promise<T>): Promise<T> {
    const progress = { pending: true };
    const settled = promise.finally(() => {
      progress.pending = false;
    });
    settled.catch(() => undefined);
    await everythingWaits();
    while (progress.pending) {
      if (!this.#step(Number.MAX_SAFE_INTEGER))
        throw new Error('hung: the promise is pending and time is over');
      await everythingWaits();
    }
    return settled;
  }

  /** Lets this much time pass. */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await everythingWaits();
    while (this.#step(untilMs)) await everythingWaits();
    this.#nowMs = untilMs;
  }

  #step(untilMs: number): boolean {
    const next = this.#timers[0];
    if (next === undefined || next.atMs > untilMs) return false;
    this.#timers.shift();
    if (next.atMs > this.#nowMs) this.#looks = 0;
    this.#nowMs = next.atMs;
    next.run();
    return true;
  }
}

/** Resolves once nothing can go on without time passing. */
function everythingWaits(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
