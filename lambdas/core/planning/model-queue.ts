import type { Random } from '../ports.js';
import { MISSED_RATIO, RECEIVED_AMONG } from './worker-times.js';

/** A standard queue as a short poll sees it: the oldest messages in any order, and now and then none where one is. */
export class ModelQueue {
  readonly #random: Random;
  #instants: number[] = [];
  #head = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get isEmpty(): boolean {
    return this.#head === this.#instants.length;
  }

  push(arrivalMs: number): void {
    this.#instants.push(arrivalMs);
  }

  /** The arrival of the message received; undefined for none. */
  take(): number | undefined {
    const count = this.#instants.length - this.#head;
    if (count === 0 || this.#random.ratio() < MISSED_RATIO ** count) return undefined;
    const index = this.#head + Math.floor(this.#random.ratio() * Math.min(count, RECEIVED_AMONG));
    const [first, taken] = [this.#instants[this.#head], this.#instants[index]];
    if (first !== undefined) this.#instants[index] = first;
    this.#head += 1;
    if (this.#head === this.#instants.length) {
      this.#instants = [];
      this.#head = 0;
    }
    return taken;
  }
}
