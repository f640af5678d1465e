import { bill, totalOf } from './bill.js';
import { bestOf, candidates } from './choose-slots.js';
import { limitPerSecond } from './limit-use.js';
import type { BacklogSample } from './night.js';
import type { CapacityPlan } from './plan.js';
import type { PlanInput } from './plan-input.js';
import { pacedLimits, slotsWithACallMax } from '../config/limit-kinds.js';
import { recommendedConfig } from './recommended-config.js';
import { settingsOf } from './settings.js';
import { idleUsage, longerWaits, nightOf, optionOf, pacedApi, type SlotOption } from './slot-option.js';
import { warningsOf } from './warnings.js';

/** How finely the backlog of the night is told. */
const BACKLOG_SAMPLES = 97;

/**
 * Recommends slots and times for a legacy API, and predicts what its users will see and what it will cost.
 *
 * Deterministic: the seed is part of the input, which must cap the slots by a limit, in flight or by their number.
 */
export function capacityPlan(input: PlanInput): CapacityPlan {
  const options = slotCounts(input).map((slots) => optionOf(input, slots));
  const best = bestOf(options);
  const chosen = options.find(({ slots }) => slots === (input.slots ?? best.slots)) ?? best;
  const lines = bill({ ...input, usage: chosen.usage });
  const idle = bill({ ...input, usage: idleUsage(input, chosen.slots) });
  const plan = {
    input,
    limitPerSecond: limitPerSecond(input.limits),
    options,
    best,
    chosen,
    recommended: settingsOf(recommendedConfig(input, chosen.slots, longerWaits(chosen))),
    configured: input.configured === undefined ? undefined : settingsOf(input.configured),
    backlog: backlogOf(input, chosen),
    bill: lines,
    totals: {
      transitions: totalOf(lines, ['transitions']),
      operation: totalOf(lines, ['operation']),
      observability: totalOf(lines, ['observability']),
      once: totalOf(lines, ['once']),
      idle: totalOf(idle, ['operation']),
    },
  };
  return { ...plan, warnings: warningsOf(plan) };
}

function slotCounts(input: PlanInput): readonly number[] {
  const counts = candidates(pacedApi(input), input.inFlightMax ?? uncapped(input)).map(({ slots }) => slots);
  const given =
    input.slots !== undefined && input.slots <= slotsWithACallMax(input.limits) ? [input.slots] : [];
  return [...new Set([...counts, ...given])].sort((one, other) => one - other);
}

/** Without any limit that the hold keeps, the slots that are given are the only cap there is. */
function uncapped({ limits, slots }: PlanInput): number | undefined {
  return pacedLimits(limits).length === 0 ? slots : undefined;
}

function backlogOf(input: PlanInput, { capacityPerSecond }: SlotOption): readonly BacklogSample[] {
  const night = nightOf(input, capacityPerSecond);
  return Array.from({ length: BACKLOG_SAMPLES }, (_, index) =>
    night.backlogAt((input.nightMs * index) / (BACKLOG_SAMPLES - 1)),
  );
}
