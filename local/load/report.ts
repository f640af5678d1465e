import { counted } from '../../lambdas/core/contracts/counted.js';
import {
  type ByPriority,
  byPriority,
  PRIORITIES,
  type Priority,
} from '../../lambdas/core/contracts/priority.js';
import { LIMIT_WINDOW_MAX_MS } from '../../lambdas/core/config/orchestrator-config.js';
import type { LegacyApiFigures } from '../legacy-api/figures.js';
import type { RunRecord } from './run-record.js';

/** What a run measured. Every figure comes from the run itself; waits count from StartExecution to the legacy API's door. */
export interface Report {
  readonly executions: {
    readonly started: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly open: number;
  };
  readonly byPriority: ByPriority<{
    readonly count: number;
    readonly waitMsP50: number | null;
    readonly waitMsP99: number | null;
    readonly waitMsMax: number | null;
  }>;
  readonly legacyApi: Pick<
    LegacyApiFigures,
    | 'calls'
    | 'maxInFlight'
    | 'worstWindowCalls'
    | 'limitCalls'
    | 'limitWindowMs'
    | 'responses429'
    | 'repeatedKeys'
  >;
  readonly queues: { readonly receives: number; readonly deadLettered: number };
  readonly worker: { readonly invocations: number; readonly throttles: number };
  /**
   * Calls over those that the limit had room for, from the first start until the last call's share of the time was
   * over; at most 1 for a client that keeps the limit by spacing its calls, null without a limit.
   */
  readonly limitUsedShare: number | null;
  readonly elapsedMs: number;
}

export interface ReportSources {
  /** C: most calls in flight. */
  readonly slots: number;
  readonly record: RunRecord;
  readonly legacyApi: LegacyApiFigures;
  readonly queues: Report['queues'];
  readonly worker: Report['worker'];
}

export function reportOf({ slots, record, legacyApi, queues, worker }: ReportSources): Report {
  const records = [...record.executions.values()];
  const succeeded = records.filter(({ end }) => end?.status === 'SUCCEEDED').length;
  const open = records.filter(({ end }) => end === undefined).length;
  const firstMs = Math.min(...records.map(({ startedAtMs }) => startedAtMs));
  const { calls, maxInFlight, worstWindowCalls, limitCalls, limitWindowMs, responses429, repeatedKeys } =
    legacyApi;
  return {
    executions: { started: records.length, succeeded, failed: records.length - succeeded - open, open },
    byPriority: byPriority((priority) => waitsOf(record, priority)),
    legacyApi: {
      calls,
      maxInFlight,
      worstWindowCalls,
      limitCalls,
      limitWindowMs,
      responses429,
      repeatedKeys,
    },
    queues,
    worker,
    limitUsedShare: limitUsedShare(legacyApi, slots),
    elapsedMs: records.length === 0 ? 0 : Math.round(Math.max(record.lastEndMs, firstMs) - firstMs),
  };
}

function waitsOf(record: RunRecord, priority: Priority): Report['byPriority'][Priority] {
  const records = [...record.executions.values()].filter((execution) => execution.priority === priority);
  const waits = records
    .flatMap(({ calledAtMs, startedAtMs }) =>
      calledAtMs === undefined ? [] : [Math.round(calledAtMs - startedAtMs)],
    )
    .sort((one, other) => one - other);
  return {
    count: records.length,
    waitMsP50: percentile(waits, 0.5),
    waitMsP99: percentile(waits, 0.99),
    waitMsMax: waits.at(-1) ?? null,
  };
}

/** Nearest rank: the smallest value that at least this ratio of all values do not exceed. */
function percentile(sorted: readonly number[], ratio: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * ratio) - 1)] ?? null;
}

/** Each slot's last call occupies its share of the window like every call before it: hence `slots` calls more. */
function limitUsedShare(figures: LegacyApiFigures, slots: number): number | null {
  const { calls, limitCalls, limitWindowMs, firstStartMs, lastStartMs } = figures;
  if (limitCalls === null || limitWindowMs === null || firstStartMs === null || lastStartMs === null)
    return null;
  // A quota may be used all at once, and then renews for as long as the run lasts.
  const atOnce = limitWindowMs > LIMIT_WINDOW_MAX_MS ? limitCalls : slots;
  const room = (limitCalls * (lastStartMs - firstStartMs)) / limitWindowMs + atOnce;
  return Number((calls / room).toFixed(4));
}

/** What the run must not show; empty when everything is as it should be. */
export function violationsOf(report: Report, slots: number): readonly string[] {
  const { executions, legacyApi, queues } = report;
  const faults: (readonly [boolean, string])[] = [
    [executions.open > 0, `${counted(executions.open, 'execution')} did not end`],
    [legacyApi.responses429 > 0, `the legacy API answered 429 to ${counted(legacyApi.responses429, 'call')}`],
    [
      legacyApi.maxInFlight > slots,
      `${legacyApi.maxInFlight} calls were in flight at once, allowed are ${slots}`,
    ],
    [
      (legacyApi.worstWindowCalls ?? 0) > (legacyApi.limitCalls ?? Infinity),
      `${legacyApi.worstWindowCalls ?? 0} calls started in one window, allowed are ${legacyApi.limitCalls ?? 0}`,
    ],
    [queues.deadLettered > 0, `dead-lettered: ${counted(queues.deadLettered, 'message')}`],
  ];
  return faults.filter(([broken]) => broken).map(([, sentence]) => sentence);
}

/** The report for people: a few lines that fit on a screen. */
export function formatReport(report: Report): string {
  const { executions, legacyApi, queues, worker, limitUsedShare: share, elapsedMs } = report;
  const waits = PRIORITIES.map((priority) => {
    const { count, waitMsP50, waitMsP99, waitMsMax } = report.byPriority[priority];
    const figures = [waitMsP50, waitMsP99, waitMsMax].map((value) => `${value ?? '-'}`.padStart(9)).join('');
    return `  ${priority.padEnd(8)}${String(count).padStart(6)}${figures}`;
  });
  const limit =
    legacyApi.limitCalls === null
      ? 'no rate limit'
      : `worst window ${legacyApi.worstWindowCalls ?? 0} of ${counted(legacyApi.limitCalls, 'call')} per ${legacyApi.limitWindowMs ?? 0} ms`;
  return [
    `Executions   ${executions.succeeded} of ${executions.started} succeeded, ${executions.failed} failed, ${executions.open} open, in ${(elapsedMs / 1_000).toFixed(1)} s`,
    `Waits (ms)    count      p50      p99      max`,
    ...waits,
    `Legacy API   ${counted(legacyApi.calls, 'call')}, ${legacyApi.maxInFlight} in flight at most, ${limit}, ${legacyApi.responses429} times 429, ${legacyApi.repeatedKeys} repeated`,
    `Limit used   ${share === null ? '-' : `${(share * 100).toFixed(1)} %`}`,
    `Queues       ${counted(queues.receives, 'receive')}, ${queues.deadLettered} dead-lettered`,
    `Worker       ${counted(worker.invocations, 'invocation')}, ${worker.throttles} throttled`,
  ].join('\n');
}
