import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { parseConfig } from '../config/parse-config.js';
import { timingsOf } from '../config/timings.js';
import { type ByPriority, byPriority, type Priority } from '../contracts/priority.js';
import { meanMs, rareMs } from './latency.js';
import { niceSeconds } from './nice-duration.js';
import type { PlanInput } from './plan-input.js';
import type { Wait } from './predicted-waits.js';

/** Longest pause, or maintenance of the legacy API, that a waiting task is made to survive. */
export const PAUSE_MAX_MS = 3_600_000;

/** A class waits at least this long before anyone is told. */
const AGE_OBJECTIVE_LEAST_MS = 5_000;

/** Twice the wait of one message in a hundred means trouble, not a busy minute. */
const TROUBLE_FACTOR = 2;

/** SQS keeps a message for 14 days, and a queue outlasts its tasks. */
const TASK_TIMEOUT_MAX_SECONDS = 13 * 24 * 3_600;

const SLOT_BUDGET_LEAST_MS = 60_000;

/** How long to wait for an answer: gives up one call in a hundred thousand, and none that is merely slow. */
export function operationTimeoutMs({ latency }: PlanInput): number {
  return niceSeconds(Math.max(rareMs(latency), 2 * latency.p99Ms)) * 1_000;
}

/** The longest that the API may work on a call: what is known, or else twice the time after which we stop waiting. */
export function serviceTimeMaxMs(input: PlanInput): number {
  return input.serviceTimeMaxMs ?? 2 * operationTimeoutMs(input);
}

/** How long a slot serves: longer than it would have to wait for what a crashed one left behind. */
export function slotBudgetMs(input: PlanInput): number {
  const afterCrashMs = serviceTimeMaxMs(input) + input.arrivalJitterMs;
  const recommended = Math.max(SLOT_BUDGET_LEAST_MS, niceSeconds(2 * afterCrashMs) * 1_000);
  return input.configured?.slotBudgetMs ?? recommended;
}

/** The configuration that the plan recommends. Its name, address and operations are whatever is known of them. */
export function recommendedConfig(
  input: PlanInput,
  slots: number,
  waits: ByPriority<Wait | undefined>,
): OrchestratorConfig {
  const base = input.configured ?? anyConfig();
  const timeoutMs = operationTimeoutMs(input);
  const { limits, arrivalJitterMs, memoryMb } = input;
  const config: OrchestratorConfig = {
    ...base,
    limits: [...limits],
    slots,
    arrivalJitterMs,
    memoryMb,
    serviceTimeMaxMs: serviceTimeMaxMs(input),
    slotBudgetMs: slotBudgetMs(input),
    operations: Object.fromEntries(
      Object.entries(base.operations).map(([name, operation]) => [name, { ...operation, timeoutMs }]),
    ),
  };
  return {
    ...config,
    priorities: byPriority((priority) => classConfig(input, config, priority, waits[priority])),
  };
}

function classConfig(
  { minShares, latency }: PlanInput,
  config: OrchestratorConfig,
  priority: Priority,
  wait: Wait | undefined,
): OrchestratorConfig['priorities'][Priority] {
  const { visibilityTimeoutSeconds, crashWaitMs } = timingsOf(config);
  const troubleMs = TROUBLE_FACTOR * (wait?.p99Ms ?? 0);
  const redeliveryMs = 2 * visibilityTimeoutSeconds * 1_000 + crashWaitMs;
  const taskTimeoutSeconds = atMost(
    TASK_TIMEOUT_MAX_SECONDS,
    PAUSE_MAX_MS + troubleMs + redeliveryMs + meanMs(latency),
  );
  return {
    minShareRatio: minShares[priority],
    taskTimeoutSeconds,
    ageObjectiveSeconds: atMost(taskTimeoutSeconds - 1, Math.max(AGE_OBJECTIVE_LEAST_MS, troubleMs)),
  };
}

function atMost(mostSeconds: number, wantedMs: number): number {
  return wantedMs >= mostSeconds * 1_000 ? mostSeconds : Math.min(mostSeconds, niceSeconds(wantedMs));
}

/** Every default, for the fields that a plan says nothing about. */
function anyConfig(): OrchestratorConfig {
  return parseConfig({
    name: 'planned-api',
    baseUrl: 'https://legacy.example.com',
    limits: [],
    slots: 1,
    serviceTimeMaxMs: 1_000,
    operations: { call: { effect: 'idempotent', timeoutMs: 1_000 } },
  });
}
