import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import type { ByPriority } from '../../lambdas/core/contracts/priority.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import type { Control } from '../../lambdas/core/control.js';
import type { SlotRecord } from '../../lambdas/core/ports.js';
import type { QuotaBook } from '../../lambdas/core/quota/quota-book.js';
import type { FailedExecution, Oldest } from '../aws/executions.js';
import type { QueueContents } from '../aws/priority-queues.js';
import type { Context } from '../context.js';

/** What was found at one moment. */
export interface Snapshot {
  readonly atMs: number;
  readonly config: OrchestratorConfig;
  readonly queues: ByPriority<QueueContents>;
  readonly parked: number;
  readonly control: Control;
  readonly slotRecords: readonly SlotRecord[];
  readonly quotaBook: QuotaBook;
  readonly oldest: ByPriority<Oldest>;
  readonly failures: readonly FailedExecution[];
}

const FAILURES_SHOWN = 3;

export async function readSnapshot(context: Context): Promise<Snapshot> {
  const { config, queues, control, slots, quotaBook, executions } = context;
  const atMs = context.nowMs();
  const [contents, parked, controlRecord, slotRecords, { book }, failures] = await Promise.all([
    queues.read(),
    queues.parked(),
    control.read(),
    slots.list(atMs),
    quotaBook.read(),
    executions.lastFailures(FAILURES_SHOWN),
  ]);
  const busy = PRIORITIES.filter((priority) => contents[priority].waiting + contents[priority].inFlight > 0);
  return {
    ...{
      atMs,
      config,
      queues: contents,
      parked,
      control: controlRecord,
      slotRecords,
      quotaBook: book,
      failures,
    },
    oldest: await executions.oldest(busy),
  };
}
