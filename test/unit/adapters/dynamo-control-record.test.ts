import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoControlRecord } from '../../../lambdas/adapters/dynamo-control-record.js';
import { OPEN_CONTROL } from '../../../lambdas/core/control.js';
import { OPEN_GATE } from '../../../lambdas/core/gate/gate.js';
import { anAwsError } from '../../support/an-aws-error.js';

const dynamo = mockClient(DynamoDBClient);
const record = new DynamoControlRecord(new DynamoDBClient({}), 'the-table', 'erp');

const KEY = { pk: { S: 'control#erp' }, sk: { S: 'control' } };

beforeEach(() => dynamo.reset());

describe('DynamoControlRecord', () => {
  it('reads the record of its legacy API with strong consistency', async () => {
    dynamo.on(GetItemCommand).resolves({});

    await record.read();

    expect(dynamo.calls().map(({ args }) => args[0].input)).toEqual([
      { TableName: 'the-table', Key: KEY, ConsistentRead: true },
    ]);
  });

  it('takes an absent record for an open one', async () => {
    dynamo.on(GetItemCommand).resolves({});

    expect(await record.read()).toEqual(OPEN_CONTROL);
  });

  it('reads every field', async () => {
    dynamo.on(GetItemCommand).resolves({
      Item: {
        ...KEY,
        limits: { S: '[{"calls":5,"windowMs":1000}]' },
        paused: { SS: ['BATCH'] },
        gateUntilMs: { N: '1893456000000' },
        slowdown: { M: { ratio: { N: '0.25' }, sinceMs: { N: '1893456000001' } } },
        breaker: { M: { opens: { N: '2' }, untilMs: { N: '1893456000002' } } },
        gateVersion: { N: '7' },
      },
    });

    expect(await record.read()).toEqual({
      limits: [{ calls: 5, windowMs: 1_000 }],
      paused: ['BATCH'],
      gateUntilMs: 1_893_456_000_000,
      slowdown: { ratio: 0.25, sinceMs: 1_893_456_000_001 },
      breaker: { opens: 2, untilMs: 1_893_456_000_002 },
      gateVersion: 7,
    });
  });

  it('refuses a record that nothing of ours has written', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: { ...KEY, limits: { S: 'fast' } } });

    await expect(record.read()).rejects.toThrow();
  });

  it('writes the gate for the first time where nobody has, and touches no other field', async () => {
    dynamo.on(UpdateItemCommand).resolves({});

    const written = await record.changeGate({ ...OPEN_GATE, gateUntilMs: 1_893_456_000_000, gateVersion: 1 });

    expect(written).toBe(true);
    expect(dynamo.calls().map(({ args }) => args[0].input)).toEqual([
      {
        TableName: 'the-table',
        Key: KEY,
        UpdateExpression:
          'SET gateUntilMs = :gateUntilMs, gateVersion = :gateVersion REMOVE slowdown, breaker',
        ConditionExpression: 'attribute_not_exists(gateVersion)',
        ExpressionAttributeValues: { ':gateUntilMs': { N: '1893456000000' }, ':gateVersion': { N: '1' } },
      },
    ]);
  });

  it('writes the gate on top of the version that it was worked out from', async () => {
    dynamo.on(UpdateItemCommand).resolves({});

    await record.changeGate({
      gateUntilMs: 5,
      slowdown: { ratio: 0.5, sinceMs: 6 },
      breaker: { opens: 2, untilMs: 7 },
      gateVersion: 8,
    });

    expect(dynamo.calls()[0]?.args[0].input).toMatchObject({
      UpdateExpression:
        'SET gateUntilMs = :gateUntilMs, gateVersion = :gateVersion, slowdown = :slowdown, breaker = :breaker',
      ConditionExpression: 'gateVersion = :previous',
      ExpressionAttributeValues: {
        ':gateUntilMs': { N: '5' },
        ':gateVersion': { N: '8' },
        ':slowdown': { M: { ratio: { N: '0.5' }, sinceMs: { N: '6' } } },
        ':breaker': { M: { opens: { N: '2' }, untilMs: { N: '7' } } },
        ':previous': { N: '7' },
      },
    });
  });

  it('says so when another slot has changed the gate first', async () => {
    dynamo.on(UpdateItemCommand).rejects(anAwsError('ConditionalCheckFailedException'));

    expect(await record.changeGate({ ...OPEN_GATE, gateVersion: 1 })).toBe(false);
  });

  it('throws when the gate cannot be changed', async () => {
    dynamo.on(UpdateItemCommand).rejects(anAwsError('InternalServerError'));

    await expect(record.changeGate({ ...OPEN_GATE, gateVersion: 1 })).rejects.toThrow('said the service');
  });
});
