import { templateOf } from './support/synthesized.js';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

interface PolicyResource {
  readonly Properties: {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
    readonly Roles: readonly { readonly Ref: string }[];
  };
}

const policies = Object.values(templateOf().findResources('AWS::IAM::Policy')) as PolicyResource[];

function statementsOf(role: string): readonly Statement[] {
  return policies
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }) => Ref.includes(role)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

const actionsOf = ({ Action }: Statement): readonly string[] =>
  typeof Action === 'string' ? [Action] : Action;

/** Logical IDs of the resources that a role may use this action on, without their hashes. */
function mayDo(role: string, action: string): readonly string[] {
  return statementsOf(role)
    .filter((statement) => actionsOf(statement).includes(action))
    .flatMap(({ Resource }) => JSON.stringify(Resource).match(/LegacyApi\w+/g) ?? [])
    .map((id) => id.replace(/[0-9A-F]{8}$/, ''))
    .sort();
}

const QUEUES = ['LegacyApiQueuesBATCH', 'LegacyApiQueuesHIGH', 'LegacyApiQueuesNORMAL'];

describe('permissions', () => {
  it('cover all resources only for tracing and for the delivery of logs, which know no others', () => {
    const unlimited = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Resource }) => JSON.stringify(Resource).includes('*'))
      .flatMap(actionsOf);

    expect(unlimited).not.toHaveLength(0);
    expect(
      unlimited.filter((action) => !/^(xray:|logs:\w*(LogDeliver|ResourcePolic|LogGroups))/.test(action)),
    ).toEqual([]);
  });

  it('name every action, without a pattern', () => {
    const actions = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(actionsOf);

    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'])(
    'let the worker use %s on the priority queues, and the mapping on the doorbell',
    (action) => {
      expect(mayDo('WorkerRole', action)).toEqual(['LegacyApiDoorbellQueue', ...QUEUES]);
    },
  );

  it('let the worker send to the doorbell and park messages, and send to no priority queue', () => {
    expect(mayDo('WorkerRole', 'sqs:SendMessage')).toEqual([
      'LegacyApiDeadLettersParked',
      'LegacyApiDoorbellQueue',
    ]);
  });

  it('let the dead-letter function take dead letters, park them, read the ledger, end tasks, and nothing else', () => {
    const actions = statementsOf('DeadLettersRole').flatMap(actionsOf);

    expect([...new Set(actions)].sort()).toEqual([
      'dynamodb:GetItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
      'states:SendTaskFailure',
      'states:SendTaskSuccess',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    expect(mayDo('DeadLettersRole', 'sqs:ReceiveMessage')).toEqual(['LegacyApiDeadLettersQueue']);
    expect(mayDo('DeadLettersRole', 'sqs:SendMessage')).toEqual(['LegacyApiDeadLettersParked']);
    expect(mayDo('DeadLettersRole', 'states:SendTaskFailure')).toEqual(['LegacyApiCall']);
  });

  it.each(['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'])(
    'let the worker use %s for the state machine',
    (action) => {
      expect(mayDo('WorkerRole', action)).toEqual(['LegacyApiCall']);
    },
  );

  it('let the worker read and write items of the table, and nothing else of it', () => {
    const actions = statementsOf('WorkerRole')
      .flatMap(actionsOf)
      .filter((action) => action.startsWith('dynamodb:'));

    expect(actions).toEqual(
      ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`),
    );
  });

  it('let the state machine send to the priority queues and the doorbell, and do nothing else with them', () => {
    const actions = statementsOf('CallRole')
      .flatMap(actionsOf)
      .filter((action) => action.startsWith('sqs:'));

    expect(actions).toEqual(['sqs:SendMessage']);
    expect(mayDo('CallRole', 'sqs:SendMessage')).toEqual(['LegacyApiDoorbellQueue', ...QUEUES]);
  });
});
