import type { MaintenanceCalendar } from '../maintenance/calendar.js';
import { type ByPriority, byPriority, PRIORITIES, type Priority } from '../contracts/priority.js';

/** When the work that waits now will have been called for, if nothing new comes and calls take no longer than the hold. */
export type Drain =
  | { readonly kind: 'empty' }
  /** At the earliest. */
  | { readonly kind: 'after'; readonly durationMs: number }
  | { readonly kind: 'paused' }
  /** A quota renews before this class is through. */
  | { readonly kind: 'outOfQuota' }
  /** No rate limit paces the calls, so how fast they go is the legacy API's affair. */
  | { readonly kind: 'unpaced' };

export interface Draining {
  /** Now, in epoch milliseconds. */
  readonly atMs: number;
  /** Messages that wait. */
  readonly backlog: ByPriority<number>;
  readonly paused: readonly Priority[];
  /** The most that the slots may start; Infinity where nothing paces them. */
  readonly callsPerSecond: number;
  /** No call starts sooner. */
  readonly closedForMs: number;
  /** When no call may be running: the work rests. */
  readonly calendar: MaintenanceCalendar;
  /** Calls that the quotas still allow; Infinity without quotas. */
  readonly quotaRoom: number;
}

/** The most calls per second that slots start which hold for so long; Infinity without a hold. */
export function callsPerSecondMax(slots: number, holdMs: number): number {
  return holdMs === 0 ? Infinity : (slots * 1_000) / holdMs;
}

/** When each class is through, as if the more urgent always came first: minimum shares shift little of it. */
export function drainOf(draining: Draining): ByPriority<Drain> {
  return byPriority((priority) => drainOfClass(draining, priority));
}

function drainOfClass(draining: Draining, priority: Priority): Drain {
  const { atMs, backlog, paused, callsPerSecond, closedForMs, calendar, quotaRoom } = draining;
  if (backlog[priority] === 0) return { kind: 'empty' };
  if (paused.includes(priority)) return { kind: 'paused' };
  const ahead = PRIORITIES.slice(0, PRIORITIES.indexOf(priority) + 1).filter((one) => !paused.includes(one));
  const calls = ahead.reduce((sum, one) => sum + backlog[one], 0);
  if (calls > quotaRoom) return { kind: 'outOfQuota' };
  if (callsPerSecond === Infinity) return { kind: 'unpaced' };
  const workMs = Math.ceil((calls * 1_000) / callsPerSecond);
  return { kind: 'after', durationMs: calendar.endOfWorkMs(atMs + closedForMs, workMs) - atMs };
}
