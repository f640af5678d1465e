import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import type { TenantAllowance } from '../lambdas/core/config/tenant-allowance.js';
import { overflowOf } from '../lambdas/core/contracts/lane.js';
import { DEFAULT_PRIORITY, PRIORITIES, type Priority } from '../lambdas/core/contracts/priority.js';
import { TABLE, TENANT_COUNTS } from '../lambdas/core/contracts/table.js';
import { expression, fill, jsonataList, jsonataObject, readStateMachineFile } from './asl.js';
import { groupOf } from './task-message.js';

type State = Readonly<Record<string, unknown>>;

interface Definition {
  readonly States: { readonly Check: State & { readonly Choices: readonly Choice[] } } & Readonly<
    Record<string, State>
  >;
}

interface Choice {
  readonly Condition: string;
  readonly Assign: Readonly<Record<string, string>>;
  readonly Next: string;
}

/** How long a count outlives its window, in seconds: clocks differ, and a request may be repeated. */
const KEPT_SECONDS = 3_600;

/** A count that takes longer is no reason to let a call wait. */
const COUNT_TIMEOUT_SECONDS = 5;

/**
 * DynamoDB refuses more than a thousand writes a second to one item, and nobody but a tenant that floods its class has
 * so many calls.
 */
const TOO_MANY_COUNTS = [
  'DynamoDB.ProvisionedThroughputExceededException',
  'DynamoDB.ThrottlingException',
  'DynamoDB.RequestLimitExceeded',
];

/** Which queue a call goes to, as JSONata in the states of `rate-limited-call`. */
export function laneExpression(config: OrchestratorConfig): string {
  return inForce(config).length === 0 ? '$priority' : '$lane';
}

/**
 * The definition in which calls that have a tenant are counted, where their class has an allowance for tenants: once
 * each, before they are sent for the first time. All others take the way that they always took, at the same price.
 *
 * A count that fails is as good as none: the call counts as within the allowance, for fairness must not cost a call.
 */
export function withTenantCounts(definition: string, config: OrchestratorConfig): string {
  const allowances = inForce(config);
  if (allowances.length === 0) return definition;
  const { States, ...machine } = JSON.parse(definition) as Definition;
  const { Check, ...states } = States;
  const choices = Check.Choices.map(withLane);
  const counting = choices.map((choice) => countedChoice(choice, allowances));
  const counts = choices.map(
    ({ Next }) => [countBefore(Next), countState(Next, config, allowances)] as const,
  );
  return JSON.stringify({
    ...machine,
    States: {
      Check: { ...Check, Choices: [...counting, ...choices] },
      ...Object.fromEntries(counts),
      ...states,
    },
  });
}

/** What deployment has to fill in besides the queues' addresses. */
export function countSubstitutions(config: OrchestratorConfig, table: Table): Record<string, string> {
  return inForce(config).length === 0 ? {} : { TableName: table.tableName };
}

/**
 * Lets a state machine count calls of these classes, and touch no other item of the table. Executions that began before an
 * allowance retired still count.
 */
export function mayCount(
  stateMachine: StateMachine,
  { config, table }: { readonly config: OrchestratorConfig; readonly table: Table },
  priorities: readonly Priority[],
): void {
  if (!allowancesOf(config).some(({ priority }) => priorities.includes(priority))) return;
  stateMachine.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [table.tableArn],
      conditions: {
        'ForAllValues:StringLike': {
          'dynamodb:LeadingKeys': [`${TENANT_COUNTS.partitionPrefix(config.name)}*`],
        },
      },
    }),
  );
}

type ClassAllowance = TenantAllowance & { readonly priority: Priority };

function allowancesOf({ priorities }: OrchestratorConfig): readonly ClassAllowance[] {
  return PRIORITIES.flatMap((priority) => {
    const { tenantAllowance } = priorities[priority];
    return tenantAllowance === undefined ? [] : [{ priority, ...tenantAllowance }];
  });
}

/** Those by which calls are still counted. */
function inForce(config: OrchestratorConfig): readonly ClassAllowance[] {
  return allowancesOf(config).filter(({ retiring }) => retiring !== true);
}

const countBefore = (state: string) => `Count before ${state}`;

/** Until it is counted, a call goes to its class's own queue. */
function withLane({ Assign, ...choice }: Choice): Choice {
  return { ...choice, Assign: { ...Assign, lane: Assign['priority'] ?? DEFAULT_PRIORITY } };
}

function countedChoice(
  { Condition, Next, ...choice }: Choice,
  allowances: readonly ClassAllowance[],
): Choice {
  const classes = jsonataList(allowances.map(({ priority }) => priority));
  const asked = `($exists($states.input.priority) ? $states.input.priority : '${DEFAULT_PRIORITY}') in ${classes}`;
  const served = Condition.replace(/^\{% | %\}$/g, '');
  return {
    ...choice,
    Condition: expression(`$exists($states.input.tenant) and ${asked} and ${served}`),
    Next: countBefore(Next),
  };
}

function countState(next: string, config: OrchestratorConfig, allowances: readonly ClassAllowance[]): State {
  const ofClass = (valueOf: (allowance: ClassAllowance) => string | number) =>
    jsonataObject(
      Object.fromEntries(allowances.map((allowance) => [allowance.priority, valueOf(allowance)])),
    );
  const overflow = `$lookup(${ofClass(({ priority }) => `'${overflowOf(priority)}'`)}, $priority)`;
  const calls = `$number($states.result.Attributes.${TENANT_COUNTS.calls}.N)`;
  const allowed = `$lookup(${ofClass((allowance) => allowance.calls)}, $priority)`;
  const goOn = { Output: expression('$states.input'), Next: next };
  const counted = fill(readStateMachineFile('rate-limited-call.count.jsonata'), {
    WindowsMs: ofClass(({ windowSeconds }) => windowSeconds * 1_000),
    KeptSeconds: KEPT_SECONDS,
    TenantPartition: TENANT_COUNTS.partitionPrefix(config.name),
    TenantGroup: groupOf('$states.input.tenant'),
    PartitionKey: TABLE.partitionKey,
    SortKey: TABLE.sortKey,
    TimeToLive: TABLE.timeToLive,
    Calls: TENANT_COUNTS.calls,
  });
  return {
    Comment:
      'A tenant that has used up its allowance in this window waits behind all others of its class. A count that fails keeps no call from its turn.',
    Type: 'Task',
    Resource: 'arn:${Partition}:states:::dynamodb:updateItem',
    Arguments: expression(counted),
    TimeoutSeconds: COUNT_TIMEOUT_SECONDS,
    Assign: { lane: expression(`${calls} > ${allowed} ? ${overflow} : $priority`) },
    Catch: [
      { ErrorEquals: TOO_MANY_COUNTS, Assign: { lane: expression(overflow) }, ...goOn },
      { ErrorEquals: ['States.ALL'], ...goOn },
    ],
    ...goOn,
  };
}
