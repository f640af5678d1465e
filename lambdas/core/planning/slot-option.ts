import { type ByPriority, byPriority } from '../contracts/priority.js';
import { holdMs } from '../pacing/hold.js';
import { pacedLimits } from '../config/limit-kinds.js';
import { bill, totalOf } from './bill.js';
import { capacityPerSecond, limitUsedRatio, meanCycleMs, type PacedApi } from './limit-use.js';
import { type MonthlyUsage, monthlyUsage } from './monthly-usage.js';
import { Night } from './night.js';
import type { PlanInput } from './plan-input.js';
import { type PredictedWaits, type Wait, waitsDuringBatch, waitsWithoutBatch } from './predicted-waits.js';
import { slotBudgetMs } from './recommended-config.js';
import { quotaPerSecond } from './quota-use.js';
import { seededRandom } from './seeded-random.js';

/** A number of slots and what follows from it. */
export interface SlotOption {
  readonly slots: number;
  /** Infinity where some slot would have no call in a window. */
  readonly holdMs: number;
  /** Share of the limit that is used while work is always waiting. */
  readonly limitUsedRatio: number;
  readonly capacityPerSecond: number;
  /** Until BATCH is done; Infinity when it never is. */
  readonly drainMs: number;
  readonly waits: {
    readonly duringBatch: ByPriority<Wait | undefined>;
    readonly withoutBatch: ByPriority<Wait | undefined>;
  };
  readonly usage: MonthlyUsage;
  /** Of all that calls need but state transitions and observability. */
  readonly usdPerMillionCalls: number | undefined;
}

/** What the worker does by default, and the planner assumes. */
const LIVENESS_AFTER_MS = 5_000;
const LINGER_MS = 1_000;

const NO_WAITS: PredictedWaits = { waits: byPriority(() => undefined), receivesPerCall: 0 };

/** The waits, the drain and the cost that these slots mean. */
export function optionOf(input: PlanInput, slots: number): SlotOption {
  const api = pacedApi(input);
  const capacity = Math.min(capacityPerSecond(api, slots), quotaPerSecond(input));
  const night = nightOf(input, capacity);
  const setup = {
    slots,
    holdMs: holdMs(pacedLimits(input.limits), slots, input.arrivalJitterMs),
    latency: input.latency,
    minShares: input.minShares,
    arrivalsPerSecond: arrivalsPerSecond(input),
    batchMessages: input.demand.BATCH.callsPerNight,
    slotBudgetMs: api.slotBudgetMs,
    livenessAfterMs: input.configured?.livenessAfterMs ?? LIVENESS_AFTER_MS,
    lingerMs: input.configured === undefined ? LINGER_MS : input.configured.lingerSeconds * 1_000,
  };
  const { nightMs, callsSimulated } = input;
  const question = { setup, capacityPerSecond: capacity, night, nightMs, callsSimulated };
  const random = seededRandom(input.seed);
  const duringBatch = setup.batchMessages === 0 ? NO_WAITS : waitsDuringBatch(question, random);
  const withoutBatch = waitsWithoutBatch(question, random);
  const usage = usageOf(input, slots, night.drainMs, {
    duringBatch: duringBatch.receivesPerCall,
    withoutBatch: withoutBatch.receivesPerCall,
  });
  return {
    slots,
    holdMs: setup.holdMs,
    limitUsedRatio: limitUsedRatio(api, slots),
    capacityPerSecond: capacity,
    drainMs: night.drainMs,
    waits: { duringBatch: duringBatch.waits, withoutBatch: withoutBatch.waits },
    usage,
    usdPerMillionCalls: totalOf(bill({ ...input, usage }), ['operation']).usdPerMillionCalls,
  };
}

/** The longer of both waits of each class: what its times must allow for, and slots are chosen by. */
export function longerWaits({ waits }: Pick<SlotOption, 'waits'>): ByPriority<Wait | undefined> {
  return byPriority((priority) => {
    const [one, other] = [waits.duringBatch[priority], waits.withoutBatch[priority]];
    return (one?.p99Ms ?? 0) >= (other?.p99Ms ?? 0) ? one : other;
  });
}

/** What a month without a single call uses: the sweeper, the doorbell's mapping, and the slots that they start. */
export function idleUsage(input: PlanInput, slots: number): MonthlyUsage {
  const demand = { HIGH: { callsPerSecond: 0 }, NORMAL: { callsPerSecond: 0 }, BATCH: { callsPerNight: 0 } };
  return usageOf({ ...input, demand }, slots, 0, { duringBatch: 0, withoutBatch: 0 });
}

export function nightOf(input: PlanInput, capacity: number): Night {
  return new Night({
    capacityPerSecond: capacity,
    minShares: input.minShares,
    arrivalsPerSecond: arrivalsPerSecond(input),
    batchMessages: input.demand.BATCH.callsPerNight,
  });
}

export function pacedApi(input: PlanInput): PacedApi {
  return { ...input, slotBudgetMs: slotBudgetMs(input) };
}

function usageOf(
  input: PlanInput,
  slots: number,
  drainMs: number,
  receivesPerCall: { readonly duringBatch: number; readonly withoutBatch: number },
): MonthlyUsage {
  const api = pacedApi(input);
  return monthlyUsage({
    demand: input.demand,
    slots,
    meanCycleMs: meanCycleMs(api, slots),
    slotBudgetMs: api.slotBudgetMs,
    drainMs,
    receivesPerCall,
  });
}

function arrivalsPerSecond({ demand }: PlanInput): { readonly HIGH: number; readonly NORMAL: number } {
  return { HIGH: demand.HIGH.callsPerSecond, NORMAL: demand.NORMAL.callsPerSecond };
}
