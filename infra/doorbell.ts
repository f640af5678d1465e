import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { type IRuleTarget, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { timingsOf } from '../lambdas/core/config/timings.js';
import { BELL_BODY } from '../lambdas/core/contracts/doorbell.js';

/** Several bells that wait together start one slot, which is all they ask for. */
const BELLS_PER_SLOT_MAX = 10;

/** The least that Lambda takes: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const MAPPING_CONCURRENCY_MIN = 2;

/** The least that EventBridge takes, and as long as the sweeper needs to ring anyway. */
const BELL_AGE_MAX = Duration.minutes(1);

/** The queue whose messages start slots. It alone has an event source mapping, because a lost bell loses no work. */
export class Doorbell extends Construct {
  readonly queue: Queue;
  /** Makes a rule of this account ring. Constant, so that what the rule saw goes nowhere. */
  readonly target: IRuleTarget;

  constructor(scope: Construct, id: string, config: OrchestratorConfig) {
    super(scope, id);
    const timings = timingsOf(config);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(timings.doorbellVisibilitySeconds),
      retentionPeriod: Duration.seconds(timings.doorbellRetentionSeconds),
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'Bells carry no work: one that nobody answers is obsolete, and the sweeper rings again every minute.',
    });
    this.queue.addToResourcePolicy(rulesOfThisAccountMayRing(this.queue));
    this.target = {
      bind: () => ({
        arn: this.queue.queueArn,
        input: RuleTargetInput.fromText(BELL_BODY),
        retryPolicy: { maximumEventAgeInSeconds: BELL_AGE_MAX.toSeconds() },
      }),
    };
  }

  /** Every bell starts a slot of this worker, as far as its reserved concurrency admits one. */
  starts(worker: LambdaFunction, { slots }: OrchestratorConfig): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BELLS_PER_SLOT_MAX,
        maxConcurrency: Math.max(MAPPING_CONCURRENCY_MIN, slots),
      }),
    );
  }
}

/** By account and not by rule, so that the rule of a state machine in another stack needs no change to this one. */
function rulesOfThisAccountMayRing(doorbell: Queue): PolicyStatement {
  return new PolicyStatement({
    actions: ['sqs:SendMessage'],
    principals: [new ServicePrincipal('events.amazonaws.com')],
    resources: [doorbell.queueArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(doorbell).account } },
  });
}
