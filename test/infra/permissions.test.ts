import { statementsOf } from './support/policies.js';
import { templateOf } from './support/synthesized.js';

const template = templateOf();

/** Logical IDs of the resources that a role may use this action on, without their hashes. */
function mayDo(role: RegExp, action: string): readonly string[] {
  return statementsOf(template, role)
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ resource }) => JSON.stringify(resource).match(/LegacyApi\w+/g) ?? [])
    .map((id) => id.replace(/[0-9A-F]{8}$/, ''))
    .sort();
}

const QUEUES = ['LegacyApiQueuesBATCH', 'LegacyApiQueuesHIGH', 'LegacyApiQueuesNORMAL'];

describe('permissions', () => {
  it('cover all resources only for tracing and for the delivery of logs, which know no others', () => {
    const unlimited = statementsOf(template)
      .filter(({ resource }) => JSON.stringify(resource).includes('*'))
      .flatMap(({ actions }) => actions);

    expect(unlimited).not.toHaveLength(0);
    expect(
      unlimited.filter((action) => !/^(xray:|logs:\w*(LogDeliver|ResourcePolic|LogGroups))/.test(action)),
    ).toEqual([]);
  });

  it('name every action, without a pattern', () => {
    const all = statementsOf(template).flatMap(({ actions }) => actions);

    expect(all.filter((action) => action.includes('*'))).toEqual([]);
  });

  it.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'])(
    'let the worker use %s on the priority queues, and the mapping on the doorbell',
    (action) => {
      expect(mayDo(/WorkerRole/, action)).toEqual(['LegacyApiDoorbellQueue', ...QUEUES]);
    },
  );

  it('let the worker send to the doorbell and park messages, and send to no priority queue', () => {
    expect(mayDo(/WorkerRole/, 'sqs:SendMessage')).toEqual([
      'LegacyApiDeadLettersParked',
      'LegacyApiDoorbellQueue',
    ]);
  });

  it('let the dead-letter function take dead letters, park them, read the ledger, end tasks, and nothing else', () => {
    const all = statementsOf(template, /DeadLettersRole/).flatMap(({ actions }) => actions);

    expect([...new Set(all)].sort()).toEqual([
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
    expect(mayDo(/DeadLettersRole/, 'sqs:ReceiveMessage')).toEqual(['LegacyApiDeadLettersQueue']);
    expect(mayDo(/DeadLettersRole/, 'sqs:SendMessage')).toEqual(['LegacyApiDeadLettersParked']);
    expect(mayDo(/DeadLettersRole/, 'states:SendTaskFailure')).toEqual(['LegacyApiCall']);
  });

  it.each(['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'])(
    'let the worker use %s for the state machine',
    (action) => {
      expect(mayDo(/WorkerRole/, action)).toEqual(['LegacyApiCall']);
    },
  );

  it('let the worker read and write items of the table, and nothing else of it', () => {
    const ofTable = statementsOf(template, /WorkerRole/)
      .flatMap(({ actions }) => actions)
      .filter((action) => action.startsWith('dynamodb:'));

    expect(ofTable).toEqual(
      ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`),
    );
  });

  it('let the state machine send to the priority queues and the doorbell, and do nothing else with them', () => {
    const ofQueues = statementsOf(template, /CallRole/)
      .flatMap(({ actions }) => actions)
      .filter((action) => action.startsWith('sqs:'));

    expect(ofQueues).toEqual(['sqs:SendMessage']);
    expect(mayDo(/CallRole/, 'sqs:SendMessage')).toEqual(['LegacyApiDoorbellQueue', ...QUEUES]);
  });
});
