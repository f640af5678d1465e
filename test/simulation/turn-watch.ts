import {
  type ByPriority,
  byPriority,
  PRIORITIES,
  type Priority,
} from '../../lambdas/core/contracts/priority.js';
import type { Violations } from './violations.js';

/** What the watch needs to see of a queue, all-knowing. */
export interface QueueView {
  readonly visibleCount: number;
}

/** What one slot has asked for since it last got a message: of each class, whether a poll missed what was there. */
export type Turn = Map<Priority, 'empty' | 'missed'>;

/** Chance may deviate by so many standard deviations before it counts as a broken promise, and by two messages. */
const DEVIATIONS_MAX = 5;
const SLACK = 3;

/** Too few turns prove nothing. */
const TURNS_LEAST = 50;

/**
 * P2 and P3: who is served at each turn, against who was waiting.
 *
 * A lower class that is served while a higher one waits is an inversion. Two causes are allowed: the turn belonged
 * to the lower class by its minimum share, or the short poll for the higher one missed. Both must stay as rare as
 * the shares and the world's misses make them.
 */
export class TurnWatch {
  readonly #queues: ByPriority<QueueView>;
  readonly #shares: ByPriority<number>;
  readonly #missProbability: number;
  /** Turns at which a class waited, was served, was passed over unasked, or was missed. */
  readonly #waited: Record<Priority, number> = zeros();
  readonly #served: Record<Priority, number> = zeros();
  readonly #passedOver: Record<Priority, number> = zeros();
  readonly #missed: Record<Priority, number> = zeros();

  constructor(queues: ByPriority<QueueView>, shares: ByPriority<number>, missProbability: number) {
    this.#queues = queues;
    this.#shares = shares;
    this.#missProbability = missProbability;
  }

  get inversions(): { readonly byShare: number; readonly byMiss: number } {
    return { byShare: sum(this.#passedOver), byMiss: sum(this.#missed) };
  }

  foundNothing(turn: Turn, priority: Priority, hadSome: boolean): void {
    turn.set(priority, hadSome ? 'missed' : 'empty');
  }

  took(turn: Turn, taken: Priority): void {
    let isHigher = true;
    for (const priority of PRIORITIES) {
      if (priority === taken) {
        isHigher = false;
        this.#waited[priority] += 1;
        this.#served[priority] += 1;
      } else if (this.#queues[priority].visibleCount > 0) {
        this.#waited[priority] += 1;
        if (isHigher) this.#inversion(turn, priority);
      }
    }
    turn.clear();
  }

  /** Judges the whole run. `atMs` is its end. */
  judge(violations: Violations, atMs: number): void {
    for (const [index, priority] of PRIORITIES.entries()) {
      const turns = this.#waited[priority];
      if (turns < TURNS_LEAST) continue;
      const lowerShare = sum(byShare(PRIORITIES.slice(index + 1), this.#shares));
      const passedOver = this.#passedOver[priority];
      if (passedOver > atMost(turns, lowerShare)) {
        const what = `${priority} was passed over at ${passedOver} of ${turns} turns; shares allow ${lowerShare}`;
        violations.add('P2', atMs, what);
      }
      if (this.#missed[priority] > atMost(turns, this.#missProbability)) {
        violations.add('P2', atMs, `${priority} was missed at ${this.#missed[priority]} of ${turns} turns`);
      }
      const share = this.#shares[priority] * (1 - this.#missProbability);
      if (this.#served[priority] < atLeast(turns, share)) {
        const what = `${priority} was served at ${this.#served[priority]} of ${turns} turns, its share is ${share}`;
        violations.add('P3', atMs, what);
      }
    }
  }

  #inversion(turn: Turn, passed: Priority): void {
    const asked = turn.get(passed);
    if (asked === undefined) this.#passedOver[passed] += 1;
    // Where the poll found an empty queue, the message came after it: no inversion.
    else if (asked === 'missed') this.#missed[passed] += 1;
  }
}

function atMost(turns: number, share: number): number {
  return turns * share + DEVIATIONS_MAX * Math.sqrt(turns * share * (1 - share)) + SLACK;
}

function atLeast(turns: number, share: number): number {
  return turns * share - DEVIATIONS_MAX * Math.sqrt(turns * share * (1 - share)) - SLACK;
}

function byShare(
  priorities: readonly Priority[],
  shares: ByPriority<number>,
): Partial<Record<Priority, number>> {
  return Object.fromEntries(priorities.map((priority) => [priority, shares[priority]]));
}

function sum(values: Partial<ByPriority<number>>): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}

function zeros(): Record<Priority, number> {
  return { ...byPriority(() => 0) };
}
