import { workerOf } from './worker-of.js';
import { chaosReportOf, chaosViolationsOf, formatChaos } from './chaos/chaos-report.js';
import { compare } from './chaos/compare.js';
import type { Disturbances } from './chaos/disturbances.js';
import { isOnce } from './chaos/draws.js';
import type { RunOptions } from './cli/options.js';
import { failuresOf } from './load/failures.js';
import { formatReport, type Report, reportOf, violationsOf } from './load/report.js';
import type { RunRecord } from './load/run-record.js';
import { wrongResults } from './load/wrong-results.js';
import type { LocalRun } from './local-run.js';

/** What was watched while the load ran. */
export interface Watched {
  readonly record: RunRecord;
  readonly disturbances: Disturbances;
}

export interface Verdict {
  readonly text: string;
  readonly json: Report;
  /** A sentence for each; the run has failed unless there are none. */
  readonly violations: readonly string[];
  /** What to say when there are none. */
  readonly allWell: string;
}

/** The report of a run that is over, and what was wrong with it. */
export async function verdictOn(run: LocalRun, options: RunOptions, watched: Watched): Promise<Verdict> {
  const report = await reportOn(run, watched.record, options.concurrency);
  return options.chaos.length > 0
    ? chaosVerdict(run, options, { ...watched, report })
    : calmVerdict(report, options, { ...watched, canTell: run.sample.isPlain });
}

function calmVerdict(
  report: Report,
  { concurrency, legacyUrl }: RunOptions,
  { record, canTell }: Pick<Watched, 'record'> & { readonly canTell: boolean },
): Verdict {
  const wrong = legacyUrl === undefined && canTell ? wrongResults(record) : 0;
  const violations = [
    ...violationsOf(report, concurrency),
    ...failuresOf(record),
    ...(wrong > 0 ? [`${wrong} executions got another result than the legacy API gave`] : []),
  ];
  const allWell = 'every execution ended as it should, no limit was broken.';
  return { text: formatReport(report), json: report, violations, allWell };
}

async function chaosVerdict(
  run: LocalRun,
  { concurrency, seed, chaos: kinds }: RunOptions,
  { record, disturbances, report }: Watched & { readonly report: Report },
): Promise<Verdict> {
  const book = await run.legacyApi.book();
  const { hit, counts } = disturbances;
  const comparison = compare({ executions: record.executions, book, hit, isOnce });
  const json = chaosReportOf({ report, comparison, kinds, seed, book, disturbances: counts });
  return {
    text: `${formatReport(report)}\n${formatChaos(json)}`,
    json,
    violations: chaosViolationsOf(json, concurrency),
    allWell:
      "every execution ended as the API's book says, nothing was repeated blindly, no limit was broken.",
  };
}

async function reportOn(run: LocalRun, record: RunRecord, slots: number): Promise<Report> {
  const worker = workerOf(run.aws).figures();
  return reportOf({
    slots,
    record,
    legacyApi: await run.legacyApi.figures(),
    queues: { receives: run.receives(), deadLettered: run.deadLettered() },
    worker: { invocations: worker.invocations, throttles: worker.throttles },
  });
}
