import { Duration, Validations } from 'aws-cdk-lib';
import { EventBus, type EventPattern, type IEventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { EVENTS_TIMEOUT_SECONDS, EVENTS_VISIBILITY_SECONDS } from '../lambdas/core/config/timings.js';
import {
  CALL_EVENTS,
  callEventSource,
  END_STATUSES,
  STATUS_CHANGE,
} from '../lambdas/core/contracts/call-events.js';
import { EVENTS_ENVIRONMENT } from '../lambdas/core/contracts/environment.js';
import { REQUESTED_BY_EVENT } from '../lambdas/core/contracts/execution-name.js';
import { configVariable } from './config-variable.js';
import { functionRole } from './function-role.js';
import { grantExecutions } from './grant-executions.js';
import { logGroup } from './log-group.js';
import { nodeFunction } from './node-function.js';

const BATCH_SIZE = 10;

/** The least that a mapping takes: enough for the limit of any API, and below what Step Functions starts per second. */
const MAPPING_CONCURRENCY = 2;

const MEMORY_MB = 256;

/** Two hours in which Step Functions or the bus may refuse, until people are told. */
const RECEIVES_MAX = 20;

const RETENTION_DAYS = 14;

export interface CallEventsProps {
  readonly config: OrchestratorConfig;
  readonly events: NonNullable<OrchestratorConfig['events']>;
  readonly stateMachine: StateMachine;
}

/**
 * Starts a call for each event that requests one, exactly one however often the event is delivered, and answers by an
 * event when such a call ends. Calls from other doors cost nothing here.
 */
export class CallEvents extends Construct {
  /** Events wait here for their function, so that a burst is no more than a queue. */
  readonly queue: Queue;
  /** What could not be delivered or handled: each is a call that somebody wanted. */
  readonly undelivered: Queue;
  readonly function: NodejsFunction;
  readonly bus: IEventBus;
  /** Of a rule that listens to the answers. */
  readonly answers: EventPattern;
  readonly #source: string;

  constructor(scope: Construct, id: string, { config, events, stateMachine }: CallEventsProps) {
    super(scope, id);
    this.#source = callEventSource(config.name);
    this.answers = { source: [this.#source], detailType: [CALL_EVENTS.succeeded, CALL_EVENTS.failed] };
    this.bus = EventBus.fromEventBusName(this, 'Bus', events.busName);
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(RETENTION_DAYS),
    };
    this.undelivered = new Queue(this, 'Undelivered', common);
    Validations.of(this.undelivered).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'What lies here has been given up already: it waits for people.',
    });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: Duration.seconds(EVENTS_VISIBILITY_SECONDS),
      deadLetterQueue: { queue: this.undelivered, maxReceiveCount: RECEIVES_MAX },
    });
    this.#rules(stateMachine);
    this.function = this.#function(config, stateMachine);
  }

  /** Lets somebody request calls of this legacy API, and put no other event on the bus. */
  grantRequest(grantee: IGrantable): Grant {
    return this.#grantPut(grantee, [CALL_EVENTS.requested]);
  }

  #rules(stateMachine: StateMachine): void {
    const requested = { source: [this.#source], detailType: [CALL_EVENTS.requested] };
    this.#rule('Requested', 'Takes events that request calls.', requested, this.bus);
    this.#rule('Ended', 'Takes the ends of calls that events requested.', {
      source: [STATUS_CHANGE.source],
      detailType: [STATUS_CHANGE.detailType],
      detail: {
        stateMachineArn: [stateMachine.stateMachineArn],
        status: [...END_STATUSES],
        name: Match.prefix(REQUESTED_BY_EVENT),
      },
    });
  }

  #rule(id: string, description: string, eventPattern: EventPattern, eventBus?: IEventBus): void {
    new Rule(this, id, {
      description,
      eventPattern,
      ...(eventBus === undefined ? {} : { eventBus }),
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.undelivered })],
    });
  }

  #function(config: OrchestratorConfig, stateMachine: StateMachine): NodejsFunction {
    const logs = logGroup(this, 'Logs', config);
    const role = functionRole(this, 'Role', `Starts and answers calls to ${config.name} for events`, logs);
    stateMachine.grantStartExecution(role);
    grantExecutions(role, stateMachine, ['states:DescribeExecution'], REQUESTED_BY_EVENT);
    this.#grantPut(role, [CALL_EVENTS.succeeded, CALL_EVENTS.failed]);
    const handler = new NodejsFunction(this, 'Function', {
      ...nodeFunction('events'),
      description: `Starts calls to ${config.name} that events request, and answers them by events`,
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(EVENTS_TIMEOUT_SECONDS),
      role,
      logGroup: logs,
      environment: {
        [EVENTS_ENVIRONMENT.config]: configVariable(config),
        [EVENTS_ENVIRONMENT.stateMachineArn]: stateMachine.stateMachineArn,
      },
    });
    handler.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        maxConcurrency: MAPPING_CONCURRENCY,
        reportBatchItemFailures: true,
      }),
    );
    return handler;
  }

  /** By source and detail type, because a bus by itself takes whatever somebody may put there. */
  #grantPut(grantee: IGrantable, detailTypes: readonly string[]): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['events:PutEvents'],
      resourceArns: [this.bus.eventBusArn],
      conditions: {
        StringEquals: { 'events:source': this.#source, 'events:detail-type': [...detailTypes] },
      },
    });
  }
}
