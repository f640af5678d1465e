import type { Timers } from '../../../local/aws/step-functions/timers.js';

/** Lets everything run that needs no time to pass. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Time that moves only when a test moves it. */
export class VirtualTimers implements Timers {
  readonly #due = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  #nowMs = Date.parse('2026-01-31T12:00:00.000Z');
  #created = 0;

  get pending(): number {
    return this.#due.size;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): { cancel(): void } {
    this.#created += 1;
    const id = this.#created;
    this.#due.set(id, { atMs: this.#nowMs + Math.max(0, delayMs), run });
    return { cancel: () => this.#due.delete(id) };
  }

  /** Runs what falls due on the way, each at its own time, and lets it settle before the next. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settled();
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      const [id, { atMs, run }] = next;
      this.#due.delete(id);
      this.#nowMs = atMs;
      run();
      await settled();
    }
    this.#nowMs = untilMs;
  }

  #next(untilMs: number) {
    const due = [...this.#due].filter(([, { atMs }]) => atMs <= untilMs);
    return due.sort(([, a], [, b]) => a.atMs - b.atMs)[0];
  }
}
