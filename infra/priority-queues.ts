import { Duration } from 'aws-cdk-lib';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  type IQueue,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { keepsOrder } from '../lambdas/core/config/ordering.js';
import { byLane } from '../lambdas/core/config/tenant-allowance.js';
import { timingsOf } from '../lambdas/core/config/timings.js';
import { type ByLane, type Lane, overflowOf, priorityOf } from '../lambdas/core/contracts/lane.js';
import type { Priority } from '../lambdas/core/contracts/priority.js';
import { pascalCase } from './pascal-case.js';

export interface PriorityQueuesProps {
  readonly config: OrchestratorConfig;
  /** For the messages of all of them that are received too often: each says itself what it is. */
  readonly deadLetterQueue: IQueue;
}

/**
 * One queue for each priority, and an overflow for each whose tenants have an allowance.
 *
 * None may ever have an event source mapping: slots receive by themselves, one message when they may start a call.
 */
export class PriorityQueues extends Construct {
  readonly queues: ByLane<Queue>;

  constructor(scope: Construct, id: string, { config, deadLetterQueue }: PriorityQueuesProps) {
    super(scope, id);
    const timings = timingsOf(config);
    this.queues = byLane(
      config,
      (lane) =>
        new Queue(this, lane, {
          ...queueType(config),
          encryption: QueueEncryption.SQS_MANAGED,
          enforceSSL: true,
          visibilityTimeout: Duration.seconds(timings.visibilityTimeoutSeconds),
          retentionPeriod: Duration.seconds(timings.queueRetentionSeconds[priorityOf(lane)]),
          deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: config.maxReceiveCount },
        }),
    );
  }

  /** All of them. */
  get all(): readonly Queue[] {
    return Object.values(this.queues);
  }

  /** Those that calls of this class wait in. */
  ofClass(priority: Priority): readonly Queue[] {
    const overflow = this.queues[overflowOf(priority)];
    return [this.queues[priority], ...(overflow === undefined ? [] : [overflow])];
  }

  /** Their addresses under names such as `QueueUrlHigh`, and `QueueUrlHighOverflow`. */
  get urls(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.queues).map(([lane, queue]) => [queueUrlName(lane as Lane), queue.queueUrl]),
    );
  }
}

export function queueUrlName(lane: Lane): string {
  return `QueueUrl${pascalCase(lane.toLowerCase().replace('_', '-'))}`;
}

/**
 * Where order is kept, FIFO queues, whose message groups are the ordering keys: each group gives out one message at a
 * time, and the quota on requests counts for each group. SQS wants the dead-letter queue to be of the same type.
 */
export function queueType(config: OrchestratorConfig): QueueProps {
  return keepsOrder(config)
    ? {
        fifo: true,
        deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
        fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      }
    : {};
}
