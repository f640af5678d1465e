import { overflowOf } from '../../lambdas/core/contracts/lane.js';
import { byPriority } from '../../lambdas/core/contracts/priority.js';
import { type QueueContents, withOverflow } from '../../lambdas/core/status/queue-contents.js';
import type { Snapshot } from '../../lambdas/core/status/snapshot.js';
import type { LocalRun } from '../local-run.js';
import type { ExecutionBook } from './execution-book.js';
import type { Orchestrator } from './orchestrator.js';

/** As many as `rlo status` shows. */
const FAILURES_SHOWN = 3;

/**
 * The snapshot that `rlo status` takes, of the same queues and records. Only who runs and who failed comes from the
 * status changes that the run has told of, because asking for it twice a second would slow down what is looked at.
 */
export async function takeSnapshot(
  { config, control, slots, quotaBook, parkedQueue }: Orchestrator,
  { aws, queueNames }: Pick<LocalRun, 'aws' | 'queueNames'>,
  executions: ExecutionBook,
): Promise<Snapshot> {
  const atMs = Date.now();
  const [controlRecord, slotRecords, { book }] = await Promise.all([
    control.read(),
    slots.list(atMs),
    quotaBook.read(),
  ]);
  const parked = aws.contents(parkedQueue);
  const contentsOf = (queue: string): QueueContents => {
    const { visible, delayed, inFlight } = aws.contents(queue);
    return { waiting: visible + delayed, inFlight };
  };
  const queues = byPriority((priority) => {
    const overflow = queueNames[overflowOf(priority)];
    return withOverflow(
      contentsOf(queueNames[priority]),
      overflow === undefined ? undefined : contentsOf(overflow),
    );
  });
  const running = executions.oldest();
  return {
    ...{ atMs, config, slotRecords, queues },
    parked: parked.visible + parked.delayed + parked.inFlight,
    control: controlRecord,
    quotaBook: book,
    oldest: byPriority((priority) =>
      queues[priority].waiting + queues[priority].inFlight > 0 ? running[priority] : undefined,
    ),
    failures: executions.lastFailures(FAILURES_SHOWN),
  };
}
