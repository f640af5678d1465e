/**
 * The promises that are checked, by their numbers in the README; `gate` is the pause that a 429 asks for or that an
 * open breaker makes, `rate` the recovery after it, `maintenance` the windows in which no call may be running, `order`
 * that of calls with an ordering key.
 */
export type Promised = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'gate' | 'rate' | 'maintenance' | 'order';

export interface Violation {
  readonly promise: Promised;
  readonly atMs: number;
  readonly what: string;
}

/** So many are kept in words; the rest is only counted. */
const KEPT_MAX = 20;

/** The promises that were broken, in the order in which that was seen. */
export class Violations {
  readonly kept: Violation[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(promise: Promised, atMs: number, what: string): void {
    this.#count += 1;
    if (this.kept.length < KEPT_MAX) this.kept.push({ promise, atMs, what });
  }
}
