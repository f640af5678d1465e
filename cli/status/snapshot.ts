import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import type { Snapshot } from '../../lambdas/core/status/snapshot.js';
import type { Context } from '../context.js';

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
