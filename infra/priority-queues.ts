import { Duration } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
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
          encryption: QueueEncryption.SQS_MANAGED,
          enforceSSL: true,
          visibilityTimeout: Duration.seconds(timings.visibilityTimeoutSeconds),
          retentionPeriod: Duration.seconds(timings.queueRetentionSeconds[priority]),
          deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: config.maxReceiveCount },
        }),
    );
  }
}
