import { PRIORITIES, type Priority } from './contracts/priority.js';
import type { RateLimit } from './pacing/hold.js';

/** What all slots obey, changed while they run: the one item that pause, the gate and live limits act through. */
export interface Control {
  /** In place of the configured limits, until removed. */
  readonly limits: readonly RateLimit[] | undefined;
  readonly paused: readonly Priority[];
  /** The legacy API asked for no call before this instant; 0 when it has not. Epoch milliseconds. */
  readonly gateUntilMs: number;
}

/** Nothing is paused, the gate is open and the configured limits hold: what an absent control record means. */
export const OPEN_CONTROL: Control = { limits: undefined, paused: [], gateUntilMs: 0 };

/** The classes that may be served, most urgent first. */
export function servedPriorities(control: Control): readonly Priority[] {
  return PRIORITIES.filter((priority) => !control.paused.includes(priority));
}
