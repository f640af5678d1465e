import type { ByPriority } from '../contracts/priority.js';
import type { Latency } from './latency.js';

export interface QueueingSetup {
  readonly slots: number;
  readonly holdMs: number;
  readonly latency: Latency;
  readonly minShares: ByPriority<number>;
  /** Poisson arrivals of HIGH and NORMAL. */
  readonly arrivalsPerSecond: { readonly HIGH: number; readonly NORMAL: number };
  /** All there at the beginning; Infinity for a backlog that never ends. */
  readonly batchMessages: number;
  readonly slotBudgetMs: number;
  /** A message that waited longer is probed before its call. */
  readonly livenessAfterMs: number;
  /** How long an idle slot is still there for HIGH. */
  readonly lingerMs: number;
}

/** Where to stop: at whichever comes first. */
export interface Horizon {
  readonly timeMs: number;
  readonly calls: number;
}

export interface QueueingResult {
  /** From arrival to call start, in order of the starts. */
  readonly waitsMs: ByPriority<readonly number[]>;
  readonly receives: number;
  /** How often an idle slot had to be woken. */
  readonly wakes: number;
  /** When the model stopped. */
  readonly endMs: number;
}
