import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoControlSettings } from '../../../lambdas/adapters/dynamo-control-settings.js';

const dynamo = mockClient(DynamoDBClient);
const settings = new DynamoControlSettings(new DynamoDBClient({}), 'the-table', 'erp');

const ITEM = { TableName: 'the-table', Key: { pk: { S: 'control#erp' }, sk: { S: 'control' } } };

const sent = () => dynamo.calls().map(({ args }) => args[0].input);

beforeEach(() => {
  dynamo.reset();
  dynamo.on(UpdateItemCommand).resolves({});
});

describe('DynamoControlSettings', () => {
  it('adds to what is paused', async () => {
    await settings.pause(['BATCH', 'NORMAL']);

    const ExpressionAttributeValues = { ':classes': { SS: ['BATCH', 'NORMAL'] } };
    expect(sent()).toEqual([{ ...ITEM, UpdateExpression: 'ADD paused :classes', ExpressionAttributeValues }]);
  });

  it('takes away from what is paused', async () => {
    await settings.resume(['BATCH']);

    const ExpressionAttributeValues = { ':classes': { SS: ['BATCH'] } };
    expect(sent()).toEqual([
      { ...ITEM, UpdateExpression: 'DELETE paused :classes', ExpressionAttributeValues },
    ]);
  });

  it('writes limits as the slots read them', async () => {
    await settings.setLimits([{ calls: 5, windowMs: 1_000 }]);

    const ExpressionAttributeValues = { ':limits': { S: '[{"calls":5,"windowMs":1000}]' } };
    expect(sent()).toEqual([
      { ...ITEM, UpdateExpression: 'SET limits = :limits', ExpressionAttributeValues },
    ]);
  });

  it('takes limits away without a trace', async () => {
    await settings.setLimits(undefined);

    expect(sent()).toEqual([{ ...ITEM, UpdateExpression: 'REMOVE limits' }]);
  });
});
