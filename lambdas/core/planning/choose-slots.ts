import type { RateLimit } from '../pacing/hold.js';
import { pacedLimits, slotsWithACallMax } from '../config/limit-kinds.js';
import { longerWaits, type SlotOption } from './slot-option.js';
import { limitUsedRatio, type PacedApi } from './limit-use.js';

/** Most slots that a configuration may have. */
const SLOTS_MAX = 900;

/** Slots that use this much less of the limit than the best number are as good, and each slot costs. */
const AS_GOOD_RATIO = 0.02;

/** A HIGH wait this much longer than the shortest is as good. */
const AS_SHORT_FACTOR = 1.1;

/** Waits are simulated for this many candidates at most, because they take the most time of all. */
const CANDIDATES_MAX = 6;

/** A number of slots and what can be said of it before any waits are simulated. */
export interface Candidate {
  readonly slots: number;
  readonly limitUsedRatio: number;
}

/**
 * The numbers of slots that are worth a closer look, fewest first: those that use almost as much of the limit as
 * any number does, and below them the best of the rest, to show what fewer slots would cost.
 */
export function candidates(api: PacedApi, inFlightMax: number | undefined): readonly Candidate[] {
  const limits = pacedLimits(api.limits);
  const most = Math.min(SLOTS_MAX, inFlightMax ?? SLOTS_MAX, slotsWithACallMax(limits));
  if (limits.length === 0) return [{ slots: most, limitUsedRatio: 1 }];
  const all: Candidate[] = [];
  for (let slots = 1; slots <= most; slots += 1) {
    if (divides(limits, slots) || slots === most)
      all.push({ slots, limitUsedRatio: limitUsedRatio(api, slots) });
  }
  const firstGood = all.findIndex((candidate) => isAsGood(candidate, all));
  return all.slice(Math.max(0, firstGood - 1), firstGood - 1 + CANDIDATES_MAX);
}

/**
 * The best of them by share of the limit, wait of HIGH and cost, in this order of weight: of those that use almost
 * as much of the limit as the best, those whose HIGH waits hardly longer than the least, and of these the fewest
 * slots, because a call costs what its slot waits.
 */
export function bestOf(all: readonly SlotOption[]): SlotOption {
  const asGood = all.filter((option) => isAsGood(option, all));
  const leastWaitMs = Math.min(...asGood.map(highWaitMs));
  const asShort = asGood.filter((option) => highWaitMs(option) <= leastWaitMs * AS_SHORT_FACTOR);
  return asShort.reduce((fewest, option) => (option.slots < fewest.slots ? option : fewest));
}

function highWaitMs(option: SlotOption): number {
  return longerWaits(option).HIGH?.p99Ms ?? 0;
}

function isAsGood({ limitUsedRatio: used }: Candidate, all: readonly Candidate[]): boolean {
  return used >= Math.max(...all.map((candidate) => candidate.limitUsedRatio)) - AS_GOOD_RATIO;
}

/** Slots that do not divide a limit leave the remainder of it unused. */
function divides(limits: readonly RateLimit[], slots: number): boolean {
  return limits.some(({ calls }) => calls % slots === 0);
}
