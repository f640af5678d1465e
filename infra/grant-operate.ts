import { Names, Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { PRIORITIES } from '../lambdas/core/contracts/priority.js';
import { TABLE_KEYS } from '../lambdas/core/contracts/table.js';
import type { DeadLetters } from './dead-letters.js';
import type { Doorbell } from './doorbell.js';
import { grantExecutions } from './grant-executions.js';
import { mayResume } from './may-resume.js';
import type { PriorityQueues } from './priority-queues.js';
import type { WorkerFunction } from './worker-function.js';

/** What people look after. */
interface Operated {
  readonly config: OrchestratorConfig;
  readonly queues: PriorityQueues;
  readonly deadLetters: DeadLetters;
  readonly doorbell: Doorbell;
  readonly table: Table;
  readonly worker: WorkerFunction;
  readonly stateMachine: StateMachine;
}

/** What the commands of `rlo` ask of AWS for this orchestrator, and nothing else, but for `grantAsking`. */
export function grantOperate(orchestrator: Operated, role: Role): void {
  const { config, queues, deadLetters, doorbell, table, worker, stateMachine } = orchestrator;
  const allow = (actions: readonly string[], ...resources: readonly string[]) =>
    role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  allow(['cloudformation:DescribeStacks'], Stack.of(stateMachine).stackId);
  allow(['lambda:GetFunctionConfiguration'], worker.function.functionArn);
  for (const queue of queues.all) queue.grant(role, 'sqs:GetQueueAttributes');
  for (const priority of PRIORITIES) queues.queues[priority].grant(role, 'sqs:SendMessage');
  deadLetters.parked.grant(role, ...PARKED);
  doorbell.queue.grant(role, 'sqs:SendMessage');
  table.grant(role, 'dynamodb:GetItem', 'dynamodb:Query');
  role.addToPolicy(
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [table.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [TABLE_KEYS.control(config.name).pk] },
      },
    }),
  );
  stateMachine.grant(role, 'states:StartExecution', 'states:ListExecutions');
  grantExecutions(role, stateMachine, EXECUTIONS);
  allow(['cloudwatch:GetMetricData'], '*');
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'GetMetricData has no resource-level permissions.',
  });
}

/**
 * Lets them ask whether a task of this state machine still waits, as the redrive of a dead letter does first. Harmless to
 * repeat, for another orchestrator too.
 */
export function grantAsking(stateMachine: StateMachine, role: Role): void {
  const id = `Asked-by-${Names.nodeUniqueId(role.node)}`;
  if (stateMachine.node.tryFindChild(id) !== undefined) return;
  mayResume(stateMachine, id, role, ['states:SendTaskHeartbeat']);
}

const PARKED = [
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
];

const EXECUTIONS = [
  'states:DescribeExecution',
  'states:GetExecutionHistory',
  'states:StopExecution',
  'states:RedriveExecution',
];
