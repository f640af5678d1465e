import type { Priority } from '../../lambdas/core/contracts/priority.js';
import { diceOf, exponentialMs, type Latency, latencyMs } from '../simulation/dice.js';

/** One call that somebody wants, `atMs` after the run begins. */
export interface Job {
  readonly name: string;
  readonly priority: Priority;
  readonly atMs: number;
  /** How long the legacy API works on it; in real time the API draws its own, from the same distribution. */
  readonly serviceMs: number;
}

/** What every contender gets: the limit, the legacy API's latency, and who calls when. */
export interface Workload {
  readonly limit: { readonly calls: number; readonly windowMs: number };
  readonly slots: number;
  readonly latency: Latency;
  readonly seed: number;
  /** How long the limit needs for all of them. */
  readonly lengthMs: number;
  /** In order of time. */
  readonly jobs: readonly Job[];
}

export interface WorkloadShape {
  readonly calls: number;
  readonly seed: number;
  /** C. */
  readonly slots: number;
}

/** The limit grows with the slots: 20 calls a second for five. */
export const CALLS_PER_SLOT_SECOND = 4;
const WINDOW_MS = 1_000;

/** The hold covers it, as the planner advises. */
const LATENCY: Latency = { medianMs: 100, p99Ms: 240 };

/** Shares of the limit that arrive as HIGH and NORMAL, at random times (Poisson), while BATCH is saturated. */
export const HIGH_RATIO = 0.1;
export const NORMAL_RATIO = 0.2;

/** HIGH and NORMAL begin when BATCH has been submitted, also to a busy machine, and cold starts are over. */
export const HIGH_FROM_MS = 8_000;

/**
 * A saturated legacy API: BATCH, all at once, is what HIGH and NORMAL leave of the limit for the whole run.
 *
 * The same seed gives the same jobs; they are exactly `calls`.
 */
export function saturatedBatch({ calls, seed, slots }: WorkloadShape): Workload {
  const limit = { calls: CALLS_PER_SLOT_SECOND * slots, windowMs: WINDOW_MS };
  const lengthMs = (calls * WINDOW_MS) / limit.calls;
  const dice = diceOf(seed, 'jobs');
  const jobs: Job[] = [];
  const add = (priority: Priority, index: number, atMs: number) =>
    jobs.push({
      name: `${priority.toLowerCase()}-${index}`,
      priority,
      atMs: Math.round(atMs),
      serviceMs: latencyMs(dice, LATENCY),
    });
  const addAtRandom = (priority: Priority, ratio: number) => {
    const perSecond = (ratio * limit.calls * 1_000) / WINDOW_MS;
    let atMs = HIGH_FROM_MS;
    for (let index = 1; ; index += 1) {
      atMs += exponentialMs(dice, perSecond);
      if (atMs >= lengthMs) return;
      add(priority, index, atMs);
    }
  };
  addAtRandom('HIGH', HIGH_RATIO);
  addAtRandom('NORMAL', NORMAL_RATIO);
  const batch = calls - jobs.length;
  for (let index = 1; index <= batch; index += 1) add('BATCH', index, 0);
  jobs.sort((one, other) => one.atMs - other.atMs);
  return { limit, slots, latency: LATENCY, seed, lengthMs, jobs };
}
