import { MEMORY_DEFAULT_MB, type OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { byPriority } from '../../lambdas/core/contracts/priority.js';
import { capacityPerSecond, limitPerSecond } from '../../lambdas/core/planning/limit-use.js';
import type { Demand, PlanInput } from '../../lambdas/core/planning/plan-input.js';
import { serviceTimeMaxMs } from '../../lambdas/core/planning/recommended-config.js';
import { durationText, numberText, perSecondText } from '../../lambdas/core/planning/words.js';
import { type Assumption, Assumptions } from './assumptions.js';
import type { PlanOptions } from './options.js';

export interface Question {
  readonly input: PlanInput;
  /** Where limits and slots come from, in words. */
  readonly subject: string;
  readonly assumptions: readonly Assumption[];
}

const LATENCY_P50_MS = 300;
const P99_OF_P50 = 5;
const NIGHT_MS = 8 * 3_600_000;
const MIN_SHARES = { HIGH: 0.5, NORMAL: 0.05, BATCH: 0.05 } as const;
const ARRIVAL_JITTER_MS = 30;
const TRANSITIONS_PER_CALL = 3;
const CONCURRENCY_QUOTA = 1_000;
const CALLS_SIMULATED = 100_000;
const SEED = 1;

/** Parts of what the API can take, where nobody says how much work there is. */
const HIGH_RATIO = 0.1;
const NORMAL_RATIO = 0.2;
const BATCH_RATIO = 0.5;

/** What to plan for: the command line over the configuration over defaults, each of which is told. */
export function questionOf(options: PlanOptions, configured: OrchestratorConfig | undefined): Question {
  const assumptions = new Assumptions();
  const latency = latencyOf(options, assumptions);
  const base = {
    limits: options.limit ?? configured?.limits ?? [],
    inFlightMax: options.inFlight,
    slots: options.slots ?? configured?.slots,
    latency,
    serviceTimeMaxMs: options.serviceTimeMax ?? configured?.serviceTimeMaxMs,
    nightMs: assumptions.given(options.night, NIGHT_MS, '--night', 'the night', durationText),
    minShares: options.shares ?? sharesOf(configured) ?? MIN_SHARES,
    arrivalJitterMs: options.jitter ?? configured?.arrivalJitterMs ?? ARRIVAL_JITTER_MS,
    memoryMb: options.memory ?? configured?.memoryMb ?? MEMORY_DEFAULT_MB,
    transitionsPerCall: options.transitions ?? TRANSITIONS_PER_CALL,
    concurrencyQuota: options.quota ?? CONCURRENCY_QUOTA,
    configured,
    callsSimulated: CALLS_SIMULATED,
    seed: options.seed ?? SEED,
  };
  const demand = demandOf(options, base, assumptions);
  const input = { ...base, demand };
  const serviceTimeText = (value: number) => `${durationText(value)}, twice the timeout`;
  assumptions.given(
    base.serviceTimeMaxMs,
    serviceTimeMaxMs(input),
    '--service-time-max',
    'the longest that the API works on a call',
    serviceTimeText,
  );
  return { input, subject: subjectOf(configured), assumptions: assumptions.made };
}

function latencyOf({ latencyP50, latencyP99 }: PlanOptions, assumptions: Assumptions) {
  const fallbackMs = latencyP99 === undefined ? LATENCY_P50_MS : latencyP99 / P99_OF_P50;
  const p50Ms = assumptions.given(latencyP50, fallbackMs, '--latency-p50', 'median latency', durationText);
  const p99Ms = assumptions.given(
    latencyP99,
    p50Ms * P99_OF_P50,
    '--latency-p99',
    'latency p99',
    durationText,
  );
  return { p50Ms, p99Ms };
}

/** Some of each class, so that a plan without any demand still shows what would happen under load. */
function demandOf(options: PlanOptions, base: Omit<PlanInput, 'demand'>, assumptions: Assumptions): Demand {
  const { limits, latency, arrivalJitterMs, nightMs, inFlightMax, slots } = base;
  const api = { limits, latency, arrivalJitterMs, slotBudgetMs: Infinity };
  const perSecond =
    limits.length > 0 ? limitPerSecond(limits) : capacityPerSecond(api, inFlightMax ?? slots ?? 1);
  const part = (ratio: number) => twoDigits(ratio * perSecond);
  const high = assumptions.given(options.high, part(HIGH_RATIO), '--high', 'HIGH', perSecondText);
  const normal = assumptions.given(options.normal, part(NORMAL_RATIO), '--normal', 'NORMAL', perSecondText);
  const left = Math.max(0, perSecond - high - normal) * (nightMs / 1_000);
  const perNight = (calls: number) => `${numberText(calls)}/night`;
  const batch = assumptions.given(
    options.batch,
    Math.round(twoDigits(left * BATCH_RATIO)),
    '--batch',
    'BATCH',
    perNight,
  );
  return {
    HIGH: { callsPerSecond: high },
    NORMAL: { callsPerSecond: normal },
    BATCH: { callsPerNight: batch },
  };
}

function sharesOf(configured: OrchestratorConfig | undefined): PlanInput['minShares'] | undefined {
  return configured === undefined
    ? undefined
    : byPriority((priority) => configured.priorities[priority].minShareRatio);
}

function subjectOf(configured: OrchestratorConfig | undefined): string {
  return configured === undefined ? 'the options given' : `${configured.name}, as configured in cdk.json`;
}

function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
