import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { timingsOf } from '../lambdas/core/config/timings.js';
import { type ByPriority, byPriority } from '../lambdas/core/contracts/priority.js';

/**
 * One queue for each priority, and one dead-letter queue for each of those.
 *
 * None may ever have an event source mapping: slots receive by themselves, one message when they may start a call.
 */
export class PriorityQueues extends Construct {
  readonly queues: ByPriority<Queue>;
  readonly deadLetterQueues: ByPriority<Queue>;

  constructor(scope: Construct, id: string, config: OrchestratorConfig) {
    super(scope, id);
    const timings = timingsOf(config);
    this.deadLetterQueues = byPriority((priority) => {
      const queue = new Queue(this, `${priority}-DeadLetters`, {
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
        retentionPeriod: Duration.seconds(timings.deadLetterRetentionSeconds),
      });
      Validations.of(queue).acknowledge({
        id: 'AwsSolutions-SQS3',
        reason: 'This is a dead-letter queue itself: what lies here waits for people, not for another queue.',
      });
      return queue;
    });
    this.queues = byPriority(
      (priority) =>
        new Queue(this, priority, {
          encryption: QueueEncryption.SQS_MANAGED,
          enforceSSL: true,
          visibilityTimeout: Duration.seconds(timings.visibilityTimeoutSeconds),
          retentionPeriod: Duration.seconds(timings.queueRetentionSeconds[priority]),
          deadLetterQueue: {
            queue: this.deadLetterQueues[priority],
            maxReceiveCount: config.maxReceiveCount,
          },
        }),
    );
  }
}
