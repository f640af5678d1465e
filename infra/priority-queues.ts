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
import { timingsOf } from '../lambdas/core/config/timings.js';
import { type ByPriority, byPriority } from '../lambdas/core/contracts/priority.js';

export interface PriorityQueuesProps {
  readonly config: OrchestratorConfig;
  /** For the messages of all of them that are received too often: each says itself what it is. */
  readonly deadLetterQueue: IQueue;
}

/**
 * One queue for each priority.
 *
 * None may ever have an event source mapping: slots receive by themselves, one message when they may start a call.
 */
export class PriorityQueues extends Construct {
  readonly queues: ByPriority<Queue>;

  constructor(scope: Construct, id: string, { config, deadLetterQueue }: PriorityQueuesProps) {
    super(scope, id);
    const timings = timingsOf(config);
    this.queues = byPriority(
      (priority) =>
        new Queue(this, priority, {
          ...queueType(config),
          encryption: QueueEncryption.SQS_MANAGED,
          enforceSSL: true,
          visibilityTimeout: Duration.seconds(timings.visibilityTimeoutSeconds),
          retentionPeriod: Duration.seconds(timings.queueRetentionSeconds[priority]),
          deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: config.maxReceiveCount },
        }),
    );
  }
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
