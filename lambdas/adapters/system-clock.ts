import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../core/ports.js';

/** Wall time when set, then only forward: a correction of the system clock cannot shorten a hold. */
export class SystemClock implements Clock {
  #offsetMs = Date.now() - performance.now();

  /** Sets it to wall time again: a frozen environment may have missed some. Only between invocations. */
  set(): void {
    this.#offsetMs = Date.now() - performance.now();
  }

  /** Rounded up, so that a hold counted from here never ends early by a fraction of a millisecond. */
  nowMs(): number {
    return Math.ceil(this.#preciseMs());
  }

  async sleepUntil(instantMs: number): Promise<void> {
    // Timers may fire up to a millisecond early, so look at the clock again.
    for (let leftMs = instantMs - this.#preciseMs(); leftMs > 0; leftMs = instantMs - this.#preciseMs()) {
      await sleep(leftMs);
    }
  }

  #preciseMs(): number {
    return this.#offsetMs + performance.now();
  }
}
