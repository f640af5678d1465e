import type { Priority } from './priority.js';

/** Where calls of a class wait whose tenants are beyond their allowance; only classes with an allowance have one. */
export type OverflowLane = `${Priority}_OVERFLOW`;

/** A queue that slots take calls from: a class's own, under the name of the class, or its overflow. */
export type Lane = Priority | OverflowLane;

/** One value for the queue of each class, and for the overflow of those that have one. */
export type ByLane<T> = Readonly<Record<Priority, T>> & Readonly<Partial<Record<OverflowLane, T>>>;

const SUFFIX = '_OVERFLOW';

export function overflowOf(priority: Priority): OverflowLane {
  return `${priority}${SUFFIX}`;
}

/** The class whose calls wait there. */
export function priorityOf(lane: Lane): Priority {
  return lane.replace(SUFFIX, '') as Priority;
}
