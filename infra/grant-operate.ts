import { Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { DeadLetters } from './dead-letters.js';
import type { Doorbell } from './doorbell.js';
import { grantExecutions } from './grant-executions.js';
import type { PriorityQueues } from './priority-queues.js';
import type { WorkerFunction } from './worker-function.js';

/** What people look after. */
interface Operated {
  readonly queues: PriorityQueues;
  readonly deadLetters: DeadLetters;
  readonly doorbell: Doorbell;
  readonly table: Table;
  readonly worker: WorkerFunction;
  readonly stateMachine: StateMachine;
}

/** Everything that the commands of `rlo` ask of AWS for this orchestrator, and nothing else. */
export function grantOperate(orchestrator: Operated, role: Role): void {
  const { queues, deadLetters, doorbell, table, worker, stateMachine } = orchestrator;
  const allow = (actions: readonly string[], ...resources: readonly string[]) =>
    role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  allow(['cloudformation:DescribeStacks'], Stack.of(stateMachine).stackId);
  allow(['lambda:GetFunctionConfiguration'], worker.function.functionArn);
  for (const queue of queues.all) queue.grant(role, 'sqs:GetQueueAttributes', 'sqs:SendMessage');
  deadLetters.parked.grant(role, ...PARKED);
  doorbell.queue.grant(role, 'sqs:SendMessage');
  table.grant(role, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem');
  stateMachine.grant(role, 'states:StartExecution', 'states:ListExecutions', 'states:SendTaskHeartbeat');
  grantExecutions(role, stateMachine, EXECUTIONS);
  allow(['cloudwatch:GetMetricData'], '*');
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'GetMetricData has no resource-level permissions.',
  });
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
