import { idealRow } from './ideal.js';
import { REAL_CONTENDERS } from './real/contenders.js';
import type { Percentiles, Row } from './row.js';
import { runUnderEveryAssumption, virtualContenders } from './virtual/contenders.js';
import { saturatedBatch, type WorkloadShape } from './workload.js';

/** Rows that were measured on the same jobs, the bound first. */
export interface Half {
  readonly time: Row['time'];
  readonly slots: number;
  readonly calls: number;
  readonly idealHighWaitMs: Percentiles;
  readonly rows: readonly Row[];
}

export interface Watch {
  readonly begin: (what: string) => void;
  readonly at: (done: number, total: number) => void;
}

/** Runs every contender in virtual time. The same shape gives the same figures. */
export async function runVirtual(shape: WorkloadShape, watch: Watch): Promise<Half> {
  const workload = saturatedBatch(shape);
  const { slots, jobs } = workload;
  const ideal = idealRow(workload, 'virtual');
  const rows: Row[] = [ideal];
  for (const contender of virtualContenders(slots)) {
    watch.begin(`virtual time, C = ${slots}: ${contender.name}`);
    rows.push(...(await runUnderEveryAssumption(contender, workload)));
  }
  return { time: 'virtual', slots, calls: jobs.length, idealHighWaitMs: ideal.highWaitMs, rows };
}

/** Runs every contender in real time, one after the other. */
export async function runReal(shape: WorkloadShape, watch: Watch): Promise<Half> {
  const workload = saturatedBatch(shape);
  const { slots, jobs } = workload;
  const ideal = idealRow(workload, 'real');
  const rows: Row[] = [ideal];
  for (const { name, run } of REAL_CONTENDERS) {
    watch.begin(`real time: ${name}`);
    rows.push({ name, ...(await run(workload, (arrived) => watch.at(arrived, jobs.length))) });
  }
  return { time: 'real', slots, calls: jobs.length, idealHighWaitMs: ideal.highWaitMs, rows };
}
