import { Duration, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import {
  DEAD_LETTER_TIMEOUT_SECONDS,
  DEAD_LETTER_VISIBILITY_SECONDS,
  timingsOf,
} from '../lambdas/core/config/timings.js';
import { DEAD_LETTER_ENVIRONMENT } from '../lambdas/core/contracts/environment.js';
import { configVariable } from './config-variable.js';
import { functionRole } from './function-role.js';
import { logGroup } from './log-group.js';
import { nodeFunction } from './node-function.js';
import { queueType } from './priority-queues.js';

const BATCH_SIZE = 10;

/** The least that a mapping takes. Dead letters are rare, and in no hurry beyond that. */
const MAPPING_CONCURRENCY = 2;

/** It makes no call, so nothing of it needs to be on time. */
const MEMORY_MB = 256;

export interface DeadLettersProps {
  readonly config: OrchestratorConfig;
  readonly table: Table;
}

/**
 * Ends the task of every message that SQS gives up, so that no workflow waits for it in vain, and keeps the message
 * for people.
 */
export class DeadLetters extends Construct {
  /** Where SQS moves the messages of all priority queues after too many receives. */
  readonly queue: Queue;
  /** Where they rest for people once their tasks are over, together with what was never a task request. */
  readonly parked: Queue;
  readonly function: NodejsFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, { config, table }: DeadLettersProps) {
    super(scope, id);
    const { deadLetterRetentionSeconds } = timingsOf(config);
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.seconds(deadLetterRetentionSeconds),
    };
    // Which queues may redrive here cannot be said: they name this queue, and it would have to name them.
    this.queue = new Queue(this, 'Queue', {
      ...common,
      ...queueType(config),
      visibilityTimeout: Duration.seconds(DEAD_LETTER_VISIBILITY_SECONDS),
    });
    this.parked = new Queue(this, 'Parked', {
      ...common,
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
    });
    for (const queue of [this.queue, this.parked]) {
      Validations.of(queue).acknowledge({
        id: 'AwsSolutions-SQS3',
        reason: 'What lies here has been given up already: it waits for its function or for people.',
      });
    }
    const logs = logGroup(this, 'Logs', config);
    this.role = functionRole(this, 'Role', `Ends the tasks of dead letters of ${config.name}`, logs);
    this.function = new NodejsFunction(this, 'Function', {
      ...nodeFunction('dead-letter'),
      description: `Ends the tasks of messages to ${config.name} that were received too often, and parks them`,
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(DEAD_LETTER_TIMEOUT_SECONDS),
      role: this.role,
      logGroup: logs,
      environment: {
        [DEAD_LETTER_ENVIRONMENT.config]: configVariable(config),
        [DEAD_LETTER_ENVIRONMENT.tableName]: table.tableName,
        [DEAD_LETTER_ENVIRONMENT.deadLetterUrl]: this.queue.queueUrl,
        [DEAD_LETTER_ENVIRONMENT.parkedUrl]: this.parked.queueUrl,
      },
    });
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        maxConcurrency: MAPPING_CONCURRENCY,
        reportBatchItemFailures: true,
      }),
    );
    this.parked.grant(this.role, 'sqs:SendMessage');
    table.grant(this.role, 'dynamodb:GetItem');
  }
}
