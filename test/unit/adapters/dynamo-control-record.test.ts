import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoControlRecord } from '../../../lambdas/adapters/dynamo-control-record.js';
import { OPEN_CONTROL } from '../../../lambdas/core/control.js';
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
      },
    });

    expect(await record.read()).toEqual({
      limits: [{ calls: 5, windowMs: 1_000 }],
      paused: ['BATCH'],
      gateUntilMs: 1_893_456_000_000,
    });
  });

  it('refuses a record that nothing of ours has written', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: { ...KEY, limits: { S: 'fast' } } });

    await expect(record.read()).rejects.toThrow();
  });

  it('closes the gate only for longer than it is closed already', async () => {
    dynamo.on(UpdateItemCommand).resolves({});

    await record.closeGate(1_893_456_000_000);

    expect(dynamo.calls().map(({ args }) => args[0].input)).toEqual([
      {
        TableName: 'the-table',
        Key: KEY,
        UpdateExpression: 'SET gateUntilMs = :until',
        ConditionExpression: 'attribute_not_exists(gateUntilMs) OR gateUntilMs < :until',
        ExpressionAttributeValues: { ':until': { N: '1893456000000' } },
      },
    ]);
  });

  it('is content when another slot closed the gate for longer', async () => {
    dynamo.on(UpdateItemCommand).rejects(anAwsError('ConditionalCheckFailedException'));

    await expect(record.closeGate(1)).resolves.toBeUndefined();
  });

  it('throws when the gate cannot be closed', async () => {
    dynamo.on(UpdateItemCommand).rejects(anAwsError('InternalServerError'));

    await expect(record.closeGate(1)).rejects.toThrow('said the service');
  });
});
