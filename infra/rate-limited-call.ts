import { Aws, Stack, Validations } from 'aws-cdk-lib';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { keepsOrder } from '../lambdas/core/config/ordering.js';
import { NO_ORDER_IS_KEPT, STARTED_BY } from '../lambdas/core/contracts/call-request.js';
import { byLane } from '../lambdas/core/config/tenant-allowance.js';
import { BELL_BODY } from '../lambdas/core/contracts/doorbell.js';
import { NOT_BEFORE_MAX_DAYS, PAYLOAD_MAX_BYTES } from '../lambdas/core/contracts/limits.js';
import { byPriority, DEFAULT_PRIORITY, PRIORITIES } from '../lambdas/core/contracts/priority.js';
import { LOOKUPS_MAX, TASK_ERRORS, UNAVAILABLE_RETRY } from '../lambdas/core/contracts/task-errors.js';
import { fill, jsonataList, jsonataObject, readStateMachineFile } from './asl.js';
import type { Doorbell } from './doorbell.js';
import { inOrder } from './in-order.js';
import { logGroup } from './log-group.js';
import { type PriorityQueues, queueUrlName } from './priority-queues.js';
import { groupOf, NEVER_A_DUPLICATE, OWN_GROUP, WAITING_TASK } from './task-message.js';
import { countSubstitutions, laneExpression, mayCount, withTenantCounts } from './tenant-allowance.js';

export interface RateLimitedCallProps {
  readonly config: OrchestratorConfig;
  readonly queues: PriorityQueues;
  readonly doorbell: Doorbell;
  /** Where calls of tenants are counted. */
  readonly table: Table;
}

/** The state machine that makes one call and returns its result: a door for every service that can start an execution. */
export class RateLimitedCall extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: RateLimitedCallProps) {
    super(scope, id);
    const { config, queues, doorbell, table } = props;
    // The prefix keeps the account's resource policy for log delivery from outgrowing its limit.
    const logGroupName = `/aws/vendedlogs/states/${Stack.of(this).stackName}-${config.name}`;
    const logs = logGroup(this, 'Logs', config, logGroupName);
    this.stateMachine = new StateMachine(this, 'Resource', {
      definitionBody: DefinitionBody.fromString(rateLimitedCallDefinition(config)),
      definitionSubstitutions: {
        Partition: Aws.PARTITION,
        ...queues.urls,
        ...countSubstitutions(config, table),
        DoorbellUrl: doorbell.queue.queueUrl,
      },
      // Execution data would write task tokens into the log, and whoever reads a token can end the task.
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
    for (const queue of queues.all) queue.grant(this.stateMachine, 'sqs:SendMessage');
    doorbell.queue.grant(this.stateMachine, 'sqs:SendMessage');
    mayCount(this.stateMachine, props, PRIORITIES);
    Validations.of(this.stateMachine).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Log delivery and X-Ray have no resource-level permissions; AWS documents * for both.',
    });
  }
}

/** The definition with all that synthesis knows filled in. The partition and the queues' URLs are left to deployment. */
export function rateLimitedCallDefinition(config: OrchestratorConfig): string {
  const definition = inAnyOrder(config);
  return keepsOrder(config) ? inOrder(definition) : withTenantCounts(definition, config);
}

function inAnyOrder(config: OrchestratorConfig): string {
  const { operations, priorities } = config;
  const names = Object.keys(operations);
  const faults = fill(readStateMachineFile('rate-limited-call.faults.jsonata'), {
    Operations: jsonataList(names),
    OnceOperations: jsonataList(names.filter((name) => operations[name]?.effect === 'once')),
    Priorities: jsonataList(PRIORITIES),
    PayloadMaxBytes: PAYLOAD_MAX_BYTES,
    NotBeforeMaxDays: NOT_BEFORE_MAX_DAYS,
    KeepsOrder: String(keepsOrder(config)),
    NoOrderIsKept: NO_ORDER_IS_KEPT,
    StartedBy: STARTED_BY,
  });
  return fill(readStateMachineFile('rate-limited-call.asl.json'), {
    Faults: faults,
    StartedBy: STARTED_BY,
    BellBody: BELL_BODY,
    DefaultPriority: DEFAULT_PRIORITY,
    QueueUrls: queueUrlsObject(config),
    Lane: laneExpression(config),
    WaitingTask: jsonataObject(WAITING_TASK),
    MessageGroup: keepsOrder(config) ? ORDERED_GROUP : TENANT_GROUP,
    TaskTimeoutSeconds: jsonataObject(byPriority((priority) => priorities[priority].taskTimeoutSeconds)),
    InvalidRequest: TASK_ERRORS.invalidRequest,
    Unavailable: TASK_ERRORS.unavailable,
    OutcomeUnknown: TASK_ERRORS.outcomeUnknown,
    LookupOperations: jsonataList(names.filter((name) => operations[name]?.lookup !== undefined)),
    LookupsMax: LOOKUPS_MAX,
    UnavailableIntervalSeconds: UNAVAILABLE_RETRY.intervalSeconds,
    UnavailableBackoffRate: UNAVAILABLE_RETRY.backoffRate,
    UnavailableMaxDelaySeconds: UNAVAILABLE_RETRY.maxDelaySeconds,
    UnavailableMaxAttempts: UNAVAILABLE_RETRY.maxAttempts,
  });
}

/** Their addresses are known at deployment. */
function queueUrlsObject(config: OrchestratorConfig): string {
  return jsonataObject(byLane(config, (lane) => `'\${${queueUrlName(lane)}}'`));
}

const TENANT_GROUP = `$exists($states.input.tenant) ? {'MessageGroupId': ${groupOf('$states.input.tenant')}} : {}`;

const ORDERED_GROUP = jsonataObject({
  MessageGroupId: `$exists($states.input.orderingKey) ? ${groupOf('$states.input.orderingKey')} : ${OWN_GROUP}`,
  MessageDeduplicationId: NEVER_A_DUPLICATE,
});
