import { type Lane, overflowOf } from '../contracts/lane.js';
import { type ByPriority, PRIORITIES, type Priority } from '../contracts/priority.js';

/** Ratios of turns, from 0 to 1. */
export interface TurnShares {
  /** Of all turns: those which each class leads at least. Their sum is at most 1; the rest is the most urgent's. */
  readonly ofClasses: ByPriority<number>;
  /** Of the turns of a class: those in which its overflow comes before its own queue. Undefined: it has none. */
  readonly ofOverflows: ByPriority<number | undefined>;
}

/**
 * The order in which one turn asks the queues for work: the classes in their order, each its own queue first and its
 * overflow when that is empty, except that the overflow leads its minimum share of the turns. Every queue is asked
 * before a turn is given up, so nothing waits while a slot has nothing to do.
 *
 * @param draw uniform in [0, 1), fresh for each turn.
 */
export function laneOrder({ ofClasses, ofOverflows }: TurnShares, draw: number): readonly Lane[] {
  const { leader, drawWithin } = leaderOf(ofClasses, draw);
  return behind(leader).flatMap((priority) => lanesOfClass(priority, ofOverflows[priority], drawWithin));
}

/**
 * The order of the classes in one turn: most urgent first, except that each class leads at least its minimum share of
 * the turns, whatever waits above it.
 *
 * @param minShares ratios whose sum is at most 1; what they leave over belongs to the most urgent class.
 * @param draw uniform in [0, 1), fresh for each turn.
 */
export function turnOrder(minShares: ByPriority<number>, draw: number): readonly Priority[] {
  return behind(leaderOf(minShares, draw).leader);
}

function behind(leader: Priority): readonly Priority[] {
  return [leader, ...PRIORITIES.filter((priority) => priority !== leader)];
}

interface Led {
  readonly leader: Priority;
  /** Where in the leader's share the draw lies: as uniform in [0, 1) as the draw, and independent of who leads. */
  readonly drawWithin: number;
}

function leaderOf(minShares: ByPriority<number>, draw: number): Led {
  const [mostUrgent, ...others] = PRIORITIES;
  let from = 0;
  for (const leader of others.reverse()) {
    const share = minShares[leader];
    if (draw < from + share) return { leader, drawWithin: (draw - from) / share };
    from += share;
  }
  return { leader: mostUrgent, drawWithin: (draw - from) / (1 - from) };
}

function lanesOfClass(priority: Priority, overflowShare: number | undefined, draw: number): readonly Lane[] {
  if (overflowShare === undefined) return [priority];
  const overflow = overflowOf(priority);
  return draw < overflowShare ? [overflow, priority] : [priority, overflow];
}
