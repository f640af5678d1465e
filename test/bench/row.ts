import type { Priority } from '../../lambdas/core/contracts/priority.js';
import type { PollerBehaviour } from '../simulation/event-source-mapping.js';
import type { Workload } from './workload.js';

/** What became of one job; without instants, nothing did. */
export interface Served {
  readonly priority: Priority;
  /** From its submission to the start of its call, refused or not. Milliseconds. */
  readonly waitMs: number | undefined;
  /** When the call started that was executed; on any clock. */
  readonly executedAtMs: number | undefined;
}

export interface Percentiles {
  /** Infinity where so many never started. */
  readonly p50: number;
  readonly p99: number;
}

/** One line of the table. A figure that the contender cannot have is left out. */
export interface Row {
  readonly time: 'virtual' | 'real';
  readonly name: string;
  readonly slots: number;
  /** What is assumed of throttled pollers, where that makes a difference. */
  readonly pollers?: PollerBehaviour;
  /** Why there are no figures. */
  readonly missing?: string;
  /** Calls beyond the limit, by the judge. */
  readonly violations?: number;
  readonly limitUsedShare?: number;
  readonly highCalls?: number;
  readonly highWaitMs?: Percentiles;
  readonly receivesPerCall?: number;
  readonly invocationsPerCall?: number;
  readonly deadLetteredUnrun?: number;
  readonly usdPerMillionCalls?: number;
}

/** The figures that every contender has, computed alike from what became of its jobs. */
export function figuresOf(
  served: readonly Served[],
  workload: Workload,
): Required<Pick<Row, 'limitUsedShare' | 'highCalls' | 'highWaitMs'>> {
  const waits = served.flatMap(({ priority, waitMs }) => (priority === 'HIGH' ? [waitMs ?? Infinity] : []));
  return {
    limitUsedShare: limitUsedShare(served, workload),
    highCalls: waits.length,
    highWaitMs: { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) },
  };
}

/**
 * Of the limit while there was work to do: calls executed in the time that the limit needs for all of them, over all
 * of them. What starts later, or never, left part of the limit unused.
 */
function limitUsedShare(served: readonly Served[], { lengthMs }: Workload): number {
  const instants = served.flatMap(({ executedAtMs }) => (executedAtMs === undefined ? [] : [executedAtMs]));
  const firstMs = instants.reduce((first, atMs) => Math.min(first, atMs), Infinity);
  return instants.filter((atMs) => atMs < firstMs + lengthMs).length / served.length;
}

/** Nearest rank: the least value that at least this ratio of all values do not exceed; NaN without values. */
export function percentile(values: readonly number[], ratio: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * ratio) - 1)] ?? Number.NaN;
}
