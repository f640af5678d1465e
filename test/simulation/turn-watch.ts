import { type Lane, overflowOf, priorityOf } from '../../lambdas/core/contracts/lane.js';
import {
  type ByPriority,
  byPriority,
  PRIORITIES,
  type Priority,
} from '../../lambdas/core/contracts/priority.js';
import type { Slowed } from './gate-history.js';
import type { Violations } from './violations.js';

/** What the watch needs to see of a queue, all-knowing. */
export interface QueueView {
  readonly visibleCount: number;
}

export interface TurnWatchParts {
  readonly queues: Readonly<Record<Lane, QueueView>>;
  readonly shares: ByPriority<number>;
  /** Of the turns of a class, those that its overflow leads; undefined where it has none. */
  readonly overflowShares: ByPriority<number | undefined>;
  readonly missProbability: number;
  readonly slowed: () => Slowed;
  /** A lower class was preferred where no share allows it. */
  readonly inverted: (what: string) => void;
}

/** What one slot has asked for since it last got a message: of each queue, whether a poll missed what was there. */
export type Turn = Map<Lane, 'empty' | 'missed'>;

/** Chance may deviate by so many standard deviations before it counts as a broken promise, and by two messages. */
const DEVIATIONS_MAX = 5;
const SLACK = 3;

/** Too few turns prove nothing. */
const TURNS_LEAST = 50;

/**
 * P2 and P3: who is served at each turn, against who was waiting; and within a class, its own queue against its overflow.
 *
 * A lower class that is served while a higher one waits is an inversion. Two causes are allowed: the turn belonged
 * to the lower class by its minimum share, or the short poll for the higher one missed. Both must stay as rare as
 * the shares and the world's misses make them. While slots are slowed no turn belongs to a lower class: then P2 has no
 * exception but misses, and P3 promises nothing.
 */
export class TurnWatch {
  readonly #parts: TurnWatchParts;
  /** Turns at which a class waited; of them those that shares may lead, and those that they must. */
  readonly #waited: Record<Priority, number> = zeros();
  readonly #mayShare: Record<Priority, number> = zeros();
  readonly #mustShare: Record<Priority, number> = zeros();
  /** Turns at which a class was served, by its share or not; was passed over unasked; or was missed. */
  readonly #served: Record<Priority, number> = zeros();
  readonly #passedOver: Record<Priority, number> = zeros();
  readonly #missed: Record<Priority, number> = zeros();
  /** Turns that a class gave to one of its two queues while both had messages; of them, those of its overflow. */
  readonly #ofTwo: Record<Priority, number> = zeros();
  readonly #toOverflow: Record<Priority, number> = zeros();

  constructor(parts: TurnWatchParts) {
    this.#parts = parts;
  }

  get inversions(): { readonly byShare: number; readonly byMiss: number } {
    return { byShare: sum(this.#passedOver), byMiss: sum(this.#missed) };
  }

  foundNothing(turn: Turn, lane: Lane, hadSome: boolean): void {
    turn.set(lane, hadSome ? 'missed' : 'empty');
  }

  took(turn: Turn, lane: Lane): void {
    const taken = priorityOf(lane);
    this.#tookOneOfTwo(turn, lane);
    const slowed = this.#parts.slowed();
    let isHigher = true;
    for (const priority of PRIORITIES) {
      if (priority === taken) isHigher = false;
      else if (this.#visible(priority) === 0) continue;
      this.#waited[priority] += 1;
      if (slowed !== 'yes') this.#mayShare[priority] += 1;
      if (slowed === 'no') this.#mustShare[priority] += 1;
      if (slowed === 'no' && priority === taken) this.#served[priority] += 1;
      if (isHigher) this.#inversion(turn, priority, slowed);
    }
    turn.clear();
  }

  /** Judges the whole run. `atMs` is its end. */
  judge(violations: Violations, atMs: number): void {
    const { shares, missProbability } = this.#parts;
    for (const [index, priority] of PRIORITIES.entries()) {
      const [turns, mayShare, mustShare] = [this.#waited, this.#mayShare, this.#mustShare].map(
        (of) => of[priority],
      ) as [number, number, number];
      if (turns < TURNS_LEAST) continue;
      const lowerShare = sum(byShare(PRIORITIES.slice(index + 1), shares));
      const passedOver = this.#passedOver[priority];
      if (passedOver > atMost(mayShare, lowerShare)) {
        const what = `${priority} was passed over at ${passedOver} of ${mayShare} turns; shares allow ${lowerShare}`;
        violations.add('P2', atMs, what);
      }
      if (this.#missed[priority] > atMost(turns, missProbability)) {
        violations.add('P2', atMs, `${priority} was missed at ${this.#missed[priority]} of ${turns} turns`);
      }
      const share = shares[priority] * (1 - missProbability);
      if (this.#served[priority] < atLeast(mustShare, share)) {
        const what = `${priority} was served at ${this.#served[priority]} of ${mustShare} turns, its share is ${share}`;
        violations.add('P3', atMs, what);
      }
      this.#judgeOverflow(priority, violations, atMs);
    }
  }

  #judgeOverflow(priority: Priority, violations: Violations, atMs: number): void {
    const { overflowShares, missProbability } = this.#parts;
    const share = overflowShares[priority] ?? 0;
    const [turns, toOverflow] = [this.#ofTwo[priority], this.#toOverflow[priority]];
    const soMany = `${toOverflow} of ${turns} turns of ${priority} went to its overflow; its share is ${share}`;
    if (toOverflow > atMost(turns, Math.min(1, share + missProbability))) violations.add('P2', atMs, soMany);
    if (toOverflow < atLeast(turns, share * (1 - missProbability))) violations.add('P3', atMs, soMany);
  }

  #visible(priority: Priority): number {
    const { queues } = this.#parts;
    return queues[priority].visibleCount + queues[overflowOf(priority)].visibleCount;
  }

  /** Not where the other one was asked before, and had nothing yet: then there was no choice. */
  #tookOneOfTwo(turn: Turn, lane: Lane): void {
    const priority = priorityOf(lane);
    const isOverflow = lane !== priority;
    const other = isOverflow ? priority : overflowOf(priority);
    if (turn.get(other) === 'empty' || this.#parts.queues[other].visibleCount === 0) return;
    this.#ofTwo[priority] += 1;
    if (isOverflow) this.#toOverflow[priority] += 1;
  }

  #inversion(turn: Turn, passed: Priority, slowed: Slowed): void {
    const asked = [turn.get(passed), turn.get(overflowOf(passed))];
    // Where the poll found an empty queue, the message came after it: no inversion.
    if (asked.includes('missed')) this.#missed[passed] += 1;
    if (asked.some((found) => found !== undefined)) return;
    this.#passedOver[passed] += 1;
    if (slowed === 'yes') this.#parts.inverted(`${passed} was passed over while slots are slowed`);
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
