import { type RateLimit, holdMs } from './hold.js';

/** What one slot may do while it shares the legacy API with `slots - 1` others. */
export interface Pace {
  /** C: how many slots may weigh on the legacy API at once. */
  readonly slots: number;
  /** Least time between two call starts of one slot, in milliseconds. */
  readonly holdMs: number;
}

export function paceOf(limits: readonly RateLimit[], slots: number, arrivalJitterMs: number): Pace {
  return { slots, holdMs: holdMs(limits, slots, arrivalJitterMs) };
}

/**
 * The pace that keeps every one of the given paces' promises, for the time in which slots of an old and of a new
 * configuration or limit serve side by side.
 */
export function strictestPace(own: Pace, others: readonly Pace[]): Pace {
  return {
    slots: Math.min(own.slots, ...others.map((other) => other.slots)),
    holdMs: Math.max(own.holdMs, ...others.map((other) => other.holdMs)),
  };
}

export function samePace(one: Pace, other: Pace): boolean {
  return one.slots === other.slots && one.holdMs === other.holdMs;
}
