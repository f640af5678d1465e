import { PRIORITIES, type Priority } from '../contracts/priority.js';
import type { CapacityPlan } from './plan.js';
import { servedPerSecond } from './turns.js';
import { durationText, numberText, percentText, perSecondText } from './words.js';

type Facts = Omit<CapacityPlan, 'warnings'>;

const SECONDS_PER_DAY = 86_400;

/** What is left of rounding in a share of the turns. */
const ROUNDING_RATIO = 1e-9;

/** Demand that does not fit: into the limit, into a class's part of it, or into the night. */
export function demandWarnings(facts: Facts): readonly string[] {
  const overload = demandAboveTheLimit(facts);
  return [
    ...overload,
    ...classesThatStarve(facts),
    ...sharesOfNothing(facts),
    ...batchNotDoneByMorning(facts),
  ];
}

function demandAboveTheLimit({ input, chosen }: Facts): readonly string[] {
  const { HIGH, NORMAL, BATCH } = input.demand;
  const batchPerSecond = BATCH.callsPerNight / SECONDS_PER_DAY;
  const perSecond = HIGH.callsPerSecond + NORMAL.callsPerSecond + batchPerSecond;
  if (perSecond <= chosen.capacityPerSecond) return [];
  const batch =
    batchPerSecond === 0
      ? ''
      : ` + BATCH ${perSecondText(batchPerSecond)} (${numberText(BATCH.callsPerNight)} a day)`;
  const terms = `HIGH ${perSecondText(HIGH.callsPerSecond)} + NORMAL ${perSecondText(NORMAL.callsPerSecond)}${batch}`;
  const excess = perSecond - chosen.capacityPerSecond;
  return [
    `The demand exceeds what ${chosen.slots} slots can call: ${terms} = ${perSecondText(perSecond)}, but only ${perSecondText(chosen.capacityPerSecond)} can be made. The backlog grows by ${numberText(excess * SECONDS_PER_DAY)} calls a day, until tasks time out. Ask for a higher limit, or send less.`,
  ];
}

/** A class that gets less than it asks for, with all its share and whatever the others leave. */
function classesThatStarve({ input, chosen }: Facts): readonly string[] {
  const { HIGH, NORMAL, BATCH } = input.demand;
  const demand = {
    HIGH: HIGH.callsPerSecond,
    NORMAL: NORMAL.callsPerSecond,
    BATCH: BATCH.callsPerNight > 0 ? Infinity : 0,
  };
  const served = servedPerSecond(chosen.capacityPerSecond, input.minShares, demand);
  const when = BATCH.callsPerNight > 0 ? ' while BATCH is served' : '';
  return (['HIGH', 'NORMAL'] as const)
    .filter((priority) => served[priority] < demand[priority])
    .map((priority) => {
      const part = served[priority] / chosen.capacityPerSecond;
      const starves = part <= input.minShares[priority] + ROUNDING_RATIO;
      const what = starves ? 'starves at its minimum share' : 'gets less than it asks for';
      return `${priority} ${what}${when}: ${perSecondText(served[priority])} of ${perSecondText(demand[priority])}, ${percentText(part)} of the turns. Its wait grows without limit; ${remedyFor(priority)}.`;
    });
}

function remedyFor(priority: Priority): string {
  return priority === 'HIGH'
    ? 'lower the minimum shares of NORMAL and BATCH, or send less as HIGH'
    : 'raise its minimum share, or send less as HIGH and NORMAL';
}

/** Without a share a class is served only when those above it have nothing. */
function sharesOfNothing({ input }: Facts): readonly string[] {
  const asked = {
    HIGH: 0,
    NORMAL: input.demand.NORMAL.callsPerSecond,
    BATCH: input.demand.BATCH.callsPerNight,
  };
  return PRIORITIES.filter((priority) => asked[priority] > 0 && input.minShares[priority] === 0).map(
    (priority) =>
      `${priority} has no minimum share: whenever the classes above it fill the limit, it is not served at all. Give it at least 0.01.`,
  );
}

function batchNotDoneByMorning({ input, chosen, backlog }: Facts): readonly string[] {
  const { callsPerNight } = input.demand.BATCH;
  if (callsPerNight === 0 || chosen.drainMs <= input.nightMs) return [];
  const left = backlog.at(-1)?.BATCH ?? 0;
  const done = Math.floor(callsPerNight - left);
  const drain = Number.isFinite(chosen.drainMs) ? `takes ${durationText(chosen.drainMs)}` : 'never ends';
  return [
    `BATCH is not done by morning: it ${drain}, but the night has ${durationText(input.nightMs)}. HIGH and NORMAL leave room for ${numberText(done)} of ${numberText(callsPerNight)} calls; ${numberText(Math.ceil(left))} would be left. Start earlier, send less, or ask for a higher limit.`,
  ];
}
