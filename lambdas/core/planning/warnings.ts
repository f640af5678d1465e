import type { PlanInput } from './plan-input.js';
import type { CapacityPlan } from './plan.js';
import { longerWaits } from './slot-option.js';
import { pacedLimits } from '../config/limit-kinds.js';
import { demandWarnings } from './warnings-of-demand.js';
import { timeWarnings } from './warnings-of-times.js';
import { quotaWarnings } from './warnings-of-quotas.js';
import { durationText, percentText } from './words.js';

type Facts = Omit<CapacityPlan, 'warnings'>;

/** Less of the limit than this is worth a word. */
const LIMIT_USED_LEAST_RATIO = 0.9;

/** So much longer than with the best number of slots, a HIGH wait is worth a word. */
const LONG_WAIT_FACTOR = 1.5;

/** Lambda keeps so many unreserved: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const UNRESERVED_CONCURRENCY = 100;

/** Everything about a plan that its owner has to know or to change: sentences with their arithmetic. */
export function warningsOf(facts: Facts): readonly string[] {
  return [
    ...slotsThatCannotBe(facts.input, facts.chosen.slots),
    ...limitNotReached(facts),
    ...slotsThatBunch(facts),
    ...demandWarnings(facts),
    ...quotaWarnings(facts.input),
    ...timeWarnings(facts),
    ...quotaTooSmall(facts),
  ];
}

function slotsThatCannotBe({ limits, slots, inFlightMax }: PlanInput, instead: number): readonly string[] {
  if (slots === undefined) return [];
  const byLimits = pacedLimits(limits)
    .filter(({ calls }) => calls < slots)
    .map(
      ({ calls, windowMs }) =>
        `${slots} slots are more than the ${calls} calls that the limit allows per ${durationText(windowMs)}: some slots would never call. Use at most ${calls}; everything here is for ${instead}.`,
    );
  const byCap =
    inFlightMax !== undefined && slots > inFlightMax
      ? [
          `${slots} slots are more calls in flight than the ${inFlightMax} that the API bears. Use at most ${inFlightMax}.`,
        ]
      : [];
  return [...byLimits, ...byCap];
}

function limitNotReached({ chosen, best, input }: Facts): readonly string[] {
  if (chosen.limitUsedRatio >= LIMIT_USED_LEAST_RATIO) return [];
  const cause = `${slotsText(chosen.slots)} can use only ${percentText(chosen.limitUsedRatio)} of the limit: the hold of ${durationText(chosen.holdMs)} is far below the API's p99 of ${durationText(input.latency.p99Ms)}, so slots wait for answers instead.`;
  const remedy =
    best.limitUsedRatio > chosen.limitUsedRatio
      ? `${slotsText(best.slots)} would use ${percentText(best.limitUsedRatio)}.`
      : 'No number of slots does better: the limit leaves each of them too little time.';
  return [`${cause} ${remedy}`];
}

function slotsThatBunch({ chosen, best }: Facts): readonly string[] {
  const waitMs = longerWaits(chosen).HIGH?.p99Ms ?? 0;
  const bestMs = longerWaits(best).HIGH?.p99Ms ?? 0;
  if (waitMs <= bestMs * LONG_WAIT_FACTOR) return [];
  if (chosen.slots <= best.slots) return [];
  return [
    `HIGH waits up to ${durationText(waitMs)} (p99) with ${slotsText(chosen.slots)}, against ${durationText(bestMs)} with ${slotsText(best.slots)}: slots that start together with a hold of ${durationText(chosen.holdMs)} stay bunched together.`,
  ];
}

function quotaTooSmall({ chosen, input }: Facts): readonly string[] {
  const needed = chosen.slots + UNRESERVED_CONCURRENCY;
  if (needed <= input.concurrencyQuota) return [];
  return [
    `Reserving ${slotsText(chosen.slots)} needs a concurrency quota of at least ${chosen.slots} + ${UNRESERVED_CONCURRENCY} unreserved = ${needed}, but the account has ${input.concurrencyQuota}. Ask AWS to raise it, or deployment fails.`,
  ];
}

function slotsText(slots: number): string {
  return slots === 1 ? '1 slot' : `${slots} slots`;
}
