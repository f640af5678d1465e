/** Where virtual time begins: an arbitrary instant, far from 0 so that epoch and duration are never mixed up. */
export const START_MS = Date.parse('2030-01-31T00:00:00.000Z');

/** What is chained to it is a microtask, and costs a third of what `queueMicrotask` does. */
const SETTLED = Promise.resolve();

/** After so many rounds, real timers and signals get their turn. */
const SETTLINGS_PER_BREATH = 10_000;

/**
 * Virtual time: it stands still until nothing can go on without it, then jumps to the next planned event.
 *
 * Events of one instant run in the order in which they were planned, so that one seed makes one trace. The queue is
 * a binary heap in parallel arrays, because a run plans dozens of events for each call.
 */
export class Scheduler {
  #nowMs = START_MS;
  #planned = 0;
  #stirred = false;
  readonly #instants: number[] = [];
  readonly #orders: number[] = [];
  readonly #actions: (() => void)[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Plans something for an instant; for now, when that has passed. */
  at(instantMs: number, action: () => void): void {
    const atMs = Math.max(this.#nowMs, Math.ceil(instantMs));
    this.#planned += 1;
    this.#siftUp(this.#instants.length, atMs, this.#planned, action);
  }

  after(delayMs: number, action: () => void): void {
    this.at(this.#nowMs + delayMs, action);
  }

  /** Says that a promise was settled by the running event, so that what waited for it goes on before the next one. */
  settled(): void {
    this.#stirred = true;
  }

  /** Runs event after event, each after everything that the one before set free, until `done` or nothing is planned. */
  run(done: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let breaths = 0;
      const next = () => {
        try {
          if (!this.#runUntilStirred(done)) {
            resolve();
            return;
          }
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        breaths += 1;
        if (breaths % SETTLINGS_PER_BREATH === 0) setImmediate(next);
        else void SETTLED.then(afterMicrotasks);
      };
      // A tick runs once no microtask is left: whatever the event set free has come to rest by then.
      const afterMicrotasks = () => process.nextTick(next);
      setImmediate(next);
    });
  }

  /** @returns false when it is over. */
  #runUntilStirred(done: () => boolean): boolean {
    do {
      if (done()) return false;
      this.#stirred = false;
      if (!this.#runNext()) return false;
    } while (!this.#hasStirred());
    return true;
  }

  #hasStirred(): boolean {
    return this.#stirred;
  }

  #runNext(): boolean {
    const action = this.#actions[0];
    const atMs = this.#instants[0];
    if (action === undefined || atMs === undefined) return false;
    this.#nowMs = atMs;
    this.#removeFirst();
    action();
    return true;
  }

  #removeFirst(): void {
    const atMs = this.#instants.pop();
    const order = this.#orders.pop();
    const action = this.#actions.pop();
    if (atMs === undefined || order === undefined || action === undefined) return;
    if (this.#instants.length > 0) this.#siftDown(atMs, order, action);
  }

  #siftUp(from: number, atMs: number, order: number, action: () => void): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isAfter(parent, atMs, order)) break;
      this.#move(parent, index);
      index = parent;
    }
    this.#put(index, atMs, order, action);
  }

  #siftDown(atMs: number, order: number, action: () => void): void {
    const { length } = this.#instants;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= length) break;
      const right = left + 1;
      const child = right < length && this.#isBefore(right, left) ? right : left;
      if (this.#isAfter(child, atMs, order)) break;
      this.#move(child, index);
      index = child;
    }
    this.#put(index, atMs, order, action);
  }

  #isAfter(index: number, atMs: number, order: number): boolean {
    const instantMs = this.#instants[index] ?? 0;
    return instantMs > atMs || (instantMs === atMs && (this.#orders[index] ?? 0) > order);
  }

  #isBefore(one: number, other: number): boolean {
    return !this.#isAfter(one, this.#instants[other] ?? 0, this.#orders[other] ?? 0);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#instants[from] ?? 0, this.#orders[from] ?? 0, this.#actions[from] ?? nothing);
  }

  #put(index: number, atMs: number, order: number, action: () => void): void {
    this.#instants[index] = atMs;
    this.#orders[index] = order;
    this.#actions[index] = action;
  }
}

function nothing(): void {
  // Fills a hole that no caller can reach.
}
