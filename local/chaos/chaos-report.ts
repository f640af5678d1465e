import { counted } from '../../lambdas/core/contracts/counted.js';
import { API_FAULTS } from '../legacy-api/nasty/api-faults.js';
import type { BookEntry } from '../legacy-api/nasty/nasty-book.js';
import { type Report, violationsOf } from '../load/report.js';
import { CHAOS_KINDS, type ChaosKind } from './chaos-kinds.js';
import type { Comparison } from './compare.js';
import type { DisturbanceCounts } from './disturbances.js';

/** The report of a chaos run: that of any run, and what becomes clear beside the API's own book. */
export interface ChaosReport extends Report, Comparison {
  readonly seed: number;
  /** How often each kind that was asked for came about. */
  readonly chaos: Readonly<Partial<Record<ChaosKind, number>>>;
  readonly lookups: number;
}

export interface ChaosSources {
  readonly report: Report;
  readonly comparison: Comparison;
  readonly kinds: readonly ChaosKind[];
  readonly seed: number;
  readonly book: readonly BookEntry[];
  readonly disturbances: DisturbanceCounts;
}

export function chaosReportOf(sources: ChaosSources): ChaosReport {
  const { report, comparison, kinds, seed, book, disturbances } = sources;
  const count = (kind: ChaosKind) =>
    isDisturbance(kind, disturbances)
      ? disturbances[kind]
      : book.filter(({ fault }) => fault === kind).length;
  const asked = CHAOS_KINDS.filter(({ kind }) => kinds.includes(kind));
  return {
    ...report,
    ...comparison,
    seed,
    chaos: Object.fromEntries(asked.map(({ kind }) => [kind, count(kind)])),
    lookups: book.filter(({ kind }) => kind === 'lookup').length,
  };
}

function isDisturbance(kind: string, counts: DisturbanceCounts): kind is keyof DisturbanceCounts {
  return kind in counts;
}

/** What a chaos run must not show. Executions may fail in it, but only as the API's book says. */
export function chaosViolationsOf(report: ChaosReport, slots: number): readonly string[] {
  const { executions, blindRepeats, callsForDeadExecutions, mismatches } = report;
  const { started, succeeded, open } = executions;
  // Failed executions are judged one by one below.
  const judged = { ...report, executions: { started, succeeded, open, failed: 0 } };
  return [
    ...violationsOf(judged, slots),
    ...(blindRepeats > 0 ? [`repeated blindly: ${counted(blindRepeats, 'call')}`] : []),
    ...(callsForDeadExecutions > 0
      ? [`made for executions that were over: ${counted(callsForDeadExecutions, 'call')}`]
      : []),
    ...mismatches,
  ];
}

/** The lines that a chaos run adds to its report. */
export function formatChaos(report: ChaosReport): string {
  const { outcomes, blindRepeats, callsForDeadExecutions, callsAfterTheEnd, lookups, mismatches } = report;
  const kinds = Object.entries(report.chaos);
  const [faults, disturbances] = [true, false].map((ofTheApi) =>
    listOf(kinds.filter(([kind]) => kind in API_FAULTS === ofTheApi)),
  );
  return [
    `API faults   ${faults ?? ''}`,
    `Disturbances ${disturbances ?? ''} (seed ${report.seed})`,
    `Outcomes     ${listOf(Object.entries(outcomes))}`,
    `API's book   ${counted(blindRepeats, 'blind repeat')}, ${counted(callsForDeadExecutions, 'call')} for dead executions (${callsAfterTheEnd - callsForDeadExecutions} more in hand), ${counted(lookups, 'lookup')}, ${counted(mismatches.length, 'contradiction')}`,
  ].join('\n');
}

function listOf(counts: readonly (readonly [name: string, count: number])[]): string {
  return counts.length === 0 ? 'none' : counts.map(([name, count]) => `${count} ${name}`).join(', ');
}
