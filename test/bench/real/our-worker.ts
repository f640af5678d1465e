import { runLoad } from '../../../local/load/run-load.js';
import { RunRecord } from '../../../local/load/run-record.js';
import { type LocalRun, startLocalRun } from '../../../local/local-run.js';
import { figuresOf, type Row } from '../row.js';
import type { Workload } from '../workload.js';
import { JudgedCalls } from './judged-calls.js';

/** Longer without the end of an execution means that nothing moves. */
const STALL_MS = 30_000;

/** Runs the whole local run: StartExecution by the SDK, queues, the bundled worker, the strict legacy API. */
export async function runOurWorker(
  workload: Workload,
  onCall: (arrived: number) => void,
): Promise<Omit<Row, 'name'>> {
  const { limit, slots: concurrency, latency, seed } = workload;
  const calls = new JudgedCalls();
  const record = new RunRecord();
  const run = await startLocalRun(
    {
      ...{ limits: [limit], concurrency, latency, seed },
      ...{ port: 0, legacyUrl: undefined, legacyMethod: 'POST' },
    },
    {
      onStatusChange: (change) => record.statusChanged(change),
      onCall: (event) => {
        calls.called(event);
        onCall(calls.arrived);
      },
      onLog: () => undefined,
    },
  );
  try {
    await runLoad({ ...run, endpoint: run.aws.endpoint }, workload.jobs, record);
    await record.allEnded(workload.jobs.length, STALL_MS);
    return await rowOf(run, record, { workload, calls });
  } finally {
    await run.stop();
  }
}

/** Waits count from StartExecution, as the caller sees it. */
async function rowOf(
  run: LocalRun,
  { executions }: RunRecord,
  { workload, calls }: { readonly workload: Workload; readonly calls: JudgedCalls },
): Promise<Omit<Row, 'name'>> {
  for (const [name, { startedAtMs }] of executions) calls.submitted(name, startedAtMs);
  const figures = await run.legacyApi.figures();
  const invocations = run.aws.functions.reduce((sum, each) => sum + each.figures().invocations, 0);
  return {
    time: 'real',
    slots: workload.slots,
    violations: figures.responses429,
    ...figuresOf(calls.served(workload.jobs), workload),
    receivesPerCall: run.receives() / figures.calls,
    invocationsPerCall: invocations / figures.calls,
    deadLetteredUnrun: run.deadLettered(),
  };
}
