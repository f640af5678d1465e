import { PRIORITIES, type Priority } from './contracts/priority.js';
import { type Gate, OPEN_GATE } from './gate/gate.js';
import type { RateLimit } from './pacing/hold.js';

/**
 * What all slots obey, changed while they run: the one item that pause, the gate and live limits act through.
 * People set the limits and what is paused; the gate is the slots' own.
 */
export interface Control extends Gate {
  /** In place of the configured limits, until removed. */
  readonly limits: readonly RateLimit[] | undefined;
  readonly paused: readonly Priority[];
}

/** Nothing is paused, the gate is open and the configured limits hold: what an absent control record means. */
export const OPEN_CONTROL: Control = { limits: undefined, paused: [], ...OPEN_GATE };

/** The classes that may be served, most urgent first. */
export function servedPriorities(control: Control): readonly Priority[] {
  return PRIORITIES.filter((priority) => !control.paused.includes(priority));
}
