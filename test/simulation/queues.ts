import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import { type Lane, overflowOf, priorityOf } from '../../lambdas/core/contracts/lane.js';
import { byPriority } from '../../lambdas/core/contracts/priority.js';
import type { LaneQueues } from './slot-ports.js';
import type { Dice } from './dice.js';
import { keepsOrder } from '../../lambdas/core/config/ordering.js';
import { FifoQueue } from './fifo-queue.js';
import type { GivenUp, MessageQueue } from './message-queue.js';
import type { FaultRates } from './faults.js';
import type { Scheduler } from './scheduler.js';
import { StandardQueue } from './standard-queue.js';

export interface QueueParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly config: OrchestratorConfig;
  readonly rates: FaultRates;
}

/** All queues of calls. A class without an allowance has an overflow as well, in which nothing ever lies. */
export function priorityQueues(
  partsOf: (lane: Lane) => QueueParts,
  onDeadLetter: (message: GivenUp<string>) => void,
): LaneQueues {
  const queueOf = (lane: Lane) => priorityQueue(partsOf(lane), lane, onDeadLetter);
  const own = byPriority(queueOf);
  return {
    ...own,
    HIGH_OVERFLOW: queueOf(overflowOf('HIGH')),
    NORMAL_OVERFLOW: queueOf(overflowOf('NORMAL')),
    BATCH_OVERFLOW: queueOf(overflowOf('BATCH')),
  };
}

/** A queue as the stack deploys it, with what its messages may suffer. */
function priorityQueue(
  { scheduler, dice, config, rates }: QueueParts,
  lane: Lane,
  onDeadLetter: (message: GivenUp<string>) => void,
): MessageQueue<string> {
  const timings = timingsOf(config);
  const Queue = keepsOrder(config) ? FifoQueue<string> : StandardQueue<string>;
  return new Queue(scheduler, dice, {
    visibilityTimeoutMs: timings.visibilityTimeoutSeconds * 1_000,
    retentionMs: timings.queueRetentionSeconds[priorityOf(lane)] * 1_000,
    maxReceiveCount: config.maxReceiveCount,
    giveUpProbability: rates.giveUp,
    missProbability: rates.miss,
    duplicateProbability: rates.duplicate,
    reorderAmong: rates.reorderAmong,
    onDeadLetter,
    onVisible: () => undefined,
  });
}

/** The doorbell: long polls ask every server, and in the order of bells lies nothing. */
export function doorbell(
  { scheduler, dice, config, rates }: QueueParts,
  onVisible: () => void,
): StandardQueue<undefined> {
  const timings = timingsOf(config);
  return new StandardQueue<undefined>(scheduler, dice, {
    visibilityTimeoutMs: timings.doorbellVisibilitySeconds * 1_000,
    retentionMs: timings.doorbellRetentionSeconds * 1_000,
    maxReceiveCount: Infinity,
    giveUpProbability: 0,
    missProbability: 0,
    duplicateProbability: rates.duplicate,
    reorderAmong: 1,
    onDeadLetter: () => undefined,
    onVisible,
  });
}
