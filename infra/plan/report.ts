import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import type { CapacityPlan } from '../../lambdas/core/planning/plan.js';
import type { Wait } from '../../lambdas/core/planning/predicted-waits.js';
import { longerWaits } from '../../lambdas/core/planning/slot-option.js';
import { durationText, numberText, percentText, perSecondText } from '../../lambdas/core/planning/words.js';
import { pacedLimits } from '../../lambdas/core/config/limit-kinds.js';
import type { Assumption } from './assumptions.js';
import { billSection } from './bill-section.js';
import { columns, wrapped } from './columns.js';
import type { Question } from './question.js';
import { settingsSection } from './settings-section.js';

/** Terminals and quoted mails have this much room. */
const WIDTH = 100;

/** The plan as text: plain, aligned, and no wider than 100 columns. */
export function reportOf(plan: CapacityPlan, { subject, assumptions }: Question): string {
  const sections = [
    headline(plan, subject),
    assumptionsSection(assumptions),
    slotsSection(plan),
    waitsSection(plan),
    settingsSection(plan),
    billSection(plan),
    warningsSection(plan),
  ];
  const present = sections.filter((lines) => lines.length > 0);
  return `${present.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headline(plan: CapacityPlan, subject: string): string[] {
  const { HIGH, NORMAL, BATCH } = plan.input.demand;
  const { p50Ms, p99Ms } = plan.input.latency;
  const lines = {
    Limit: limitText(plan),
    Latency: `median ${durationText(p50Ms)}, p99 ${durationText(p99Ms)}`,
    Demand: `HIGH ${perSecondText(HIGH.callsPerSecond)}, NORMAL ${perSecondText(NORMAL.callsPerSecond)}, BATCH ${numberText(BATCH.callsPerNight)} in a night of ${durationText(plan.input.nightMs)}`,
    Slots: slotsText(plan),
    Calls: callsText(plan),
    ...(BATCH.callsPerNight === 0 ? {} : { BATCH: batchText(plan) }),
  };
  return [
    `Capacity plan for ${subject}`,
    '',
    ...Object.entries(lines).map(([name, text]) => `  ${name.padEnd(9)}${text}`),
  ];
}

function limitText({ input, limitPerSecond }: CapacityPlan): string {
  const limits = input.limits.map(
    ({ calls, windowMs }) => `${numberText(calls)} per ${durationText(windowMs)}`,
  );
  const cap = input.inFlightMax === undefined ? [] : [`${input.inFlightMax} in flight`];
  const perSecond = limits.length === 0 ? '' : ` = ${perSecondText(limitPerSecond)}`;
  return [...limits, ...cap].join(', ') + perSecond || 'calls in flight only: as many as there are slots';
}

function slotsText({ input, chosen, best }: CapacityPlan): string {
  const recommended = chosen.slots === best.slots ? '' : ` (recommended: ${best.slots})`;
  const limits = pacedLimits(input.limits);
  if (limits.length === 0) return `${chosen.slots}${recommended}, no hold`;
  const calls = limits.map(({ calls: most }) => Math.floor(most / chosen.slots)).join(' and ');
  return `${chosen.slots}${recommended}, calls of each in a window: ${calls}, hold: ${numberText(chosen.holdMs)} ms`;
}

function callsText({ input, chosen }: CapacityPlan): string {
  const used =
    pacedLimits(input.limits).length === 0 ? '' : `, ${percentText(chosen.limitUsedRatio)} of the limit`;
  return `${perSecondText(chosen.capacityPerSecond)} while work waits${used}`;
}

function batchText({ input, chosen, backlog }: CapacityPlan): string {
  const left = Math.ceil(backlog.at(-1)?.BATCH ?? 0);
  if (chosen.drainMs <= input.nightMs) return `done after ${durationText(chosen.drainMs)}`;
  const done = Number.isFinite(chosen.drainMs) ? `done after ${durationText(chosen.drainMs)}` : 'never done';
  return `${done}; by morning ${numberText(left)} are left`;
}

function assumptionsSection(assumptions: readonly Assumption[]): string[] {
  if (assumptions.length === 0) return [];
  const rows = assumptions.map(({ what, value, option }) => [what, value, option]);
  return ['Assumed, because nobody said otherwise', ...columns(rows, 'left')];
}

function slotsSection({ options, chosen, best, input }: CapacityPlan): string[] {
  if (options.length < 2) return [];
  const rows = options.map((option) => [
    `${String(option.slots)}${markOf(option.slots, chosen.slots, best.slots)}`,
    `${numberText(option.holdMs)} ms`,
    percentText(option.limitUsedRatio),
    waitText(longerWaits(option).HIGH, 'p99Ms'),
    waitText(longerWaits(option).NORMAL, 'p99Ms'),
    input.demand.BATCH.callsPerNight === 0 ? '-' : durationText(option.drainMs),
    dollars(option.usdPerMillionCalls),
  ]);
  const head = ['slots', 'hold', 'limit used', 'HIGH p99', 'NORMAL p99', 'BATCH done', '$/million calls'];
  return ['Numbers of slots compared', ...columns([head, ...rows])];
}

function markOf(slots: number, chosen: number, best: number): string {
  if (slots === best) return ' (best)';
  return slots === chosen ? ' (given)' : '';
}

function waitsSection({ chosen, input }: CapacityPlan): string[] {
  const { duringBatch, withoutBatch } = chosen.waits;
  const hasBatch = input.demand.BATCH.callsPerNight > 0;
  const rows = PRIORITIES.map((priority) => {
    const [busy, quiet] = [duringBatch[priority], withoutBatch[priority]];
    const whileBusy = hasBatch ? [waitText(busy, 'p50Ms'), waitText(busy, 'p99Ms')] : [];
    return [priority, ...whileBusy, waitText(quiet, 'p50Ms'), waitText(quiet, 'p99Ms')];
  });
  const head = ['', ...(hasBatch ? ['with BATCH: p50', 'p99'] : []), 'without: p50', 'p99'];
  const grows = PRIORITIES.some((priority) => duringBatch[priority]?.grows ?? withoutBatch[priority]?.grows);
  const note = grows ? ['  + and growing: at the end of the night, or when BATCH is done'] : [];
  return ['Predicted waits, from enqueueing to call start', ...columns([head, ...rows]), ...note];
}

function waitText(wait: Wait | undefined, quantile: 'p50Ms' | 'p99Ms'): string {
  if (wait === undefined) return '-';
  return `${durationText(wait[quantile])}${wait.grows && Number.isFinite(wait[quantile]) ? ' +' : ''}`;
}

function dollars(usd: number | undefined): string {
  return usd === undefined ? '-' : usd.toFixed(2);
}

function warningsSection({ warnings }: CapacityPlan): string[] {
  if (warnings.length === 0) return ['No warnings: the demand fits.'];
  return ['Warnings', ...warnings.flatMap((warning) => wrapped(warning, WIDTH, '  ! ', '    '))];
}
