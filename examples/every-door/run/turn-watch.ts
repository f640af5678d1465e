/** The most urgent first. */
export const PRIORITIES = ['HIGH', 'NORMAL', 'BATCH'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** A queue as it is now, to somebody who sees all of it. Times are epoch milliseconds. */
export interface QueueView {
  /** When the oldest message was sent that is there to be taken; undefined where there is none. */
  oldestReadySentAtMs(): number | undefined;
}

/** How a class was treated by the turns at which it had waited from the beginning. */
export interface Passed {
  readonly turns: number;
  /** Of them those at which a lower class was taken. */
  readonly over: number;
  /** How many of them chance makes by the minimum shares of the lower classes. */
  readonly expected: number;
  /** The most that chance makes, but for one run in some millions. */
  readonly most: number;
}

interface Turn {
  readonly beganMs: number;
  readonly waiting: ReadonlySet<Priority>;
  asks: number;
}

/** A slot that finds nothing asks each queue, waits at one of them, and asks the two others once more. Then it ends. */
const ASKS_OF_A_TURN_MAX = 6;

/** The simulator allows chance as much. */
const DEVIATIONS_MAX = 5;
const SLACK = 3;

/**
 * Counts inversions from outside: it sees who asks which queue and what is in them, and knows nothing of what slots
 * intend. An inversion is a lower class taken while a message of a higher one lay in its queue since before the turn
 * began. At each such turn chance makes one with the minimum shares of those lower classes that wait as well.
 */
export class TurnWatch {
  readonly #queues: Readonly<Record<Priority, QueueView>>;
  readonly #shares: Readonly<Record<Priority, number>>;
  readonly #turns = new Map<string, Turn>();
  readonly #passed = { HIGH: noTurns(), NORMAL: noTurns() };

  constructor(
    queues: Readonly<Record<Priority, QueueView>>,
    minShareRatios: Readonly<Record<Priority, number>>,
  ) {
    this.#queues = queues;
    this.#shares = minShareRatios;
  }

  /** A slot asks one of the queues. */
  asked(slot: string, nowMs: number): void {
    const turn = this.#turns.get(slot);
    if (turn !== undefined && turn.asks < ASKS_OF_A_TURN_MAX) turn.asks += 1;
    else
      this.#turns.set(slot, {
        beganMs: nowMs,
        waiting: new Set(PRIORITIES.filter((priority) => this.#hasWaitedSince(priority, nowMs))),
        asks: 1,
      });
  }

  /** A slot got a message of this class, which is no longer in its queue. */
  took(slot: string, taken: Priority): void {
    const turn = this.#turns.get(slot);
    this.#turns.delete(slot);
    if (turn === undefined) return;
    for (const priority of ['HIGH', 'NORMAL'] as const) {
      const waited =
        turn.waiting.has(priority) && (priority === taken || this.#hasWaitedSince(priority, turn.beganMs));
      if (waited) this.#count(priority, taken);
    }
  }

  passed(): Readonly<Record<'HIGH' | 'NORMAL', Passed>> {
    const { HIGH, NORMAL } = this.#passed;
    return { HIGH: figuresOf(HIGH), NORMAL: figuresOf(NORMAL) };
  }

  #count(priority: 'HIGH' | 'NORMAL', taken: Priority): void {
    const lower = PRIORITIES.slice(PRIORITIES.indexOf(priority) + 1);
    const share = lower
      .filter((one) => one === taken || this.#queues[one].oldestReadySentAtMs() !== undefined)
      .reduce((sum, one) => sum + this.#shares[one], 0);
    const counts = this.#passed[priority];
    counts.turns += 1;
    counts.expected += share;
    counts.variance += share * (1 - share);
    if (lower.includes(taken)) counts.over += 1;
  }

  #hasWaitedSince(priority: Priority, atMs: number): boolean {
    return (this.#queues[priority].oldestReadySentAtMs() ?? Infinity) < atMs;
  }
}

function noTurns() {
  return { turns: 0, over: 0, expected: 0, variance: 0 };
}

function figuresOf({ turns, over, expected, variance }: ReturnType<typeof noTurns>): Passed {
  return { turns, over, expected, most: expected + DEVIATIONS_MAX * Math.sqrt(variance) + SLACK };
}
