import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoSlotRecords } from '../../../lambdas/adapters/dynamo-slot-records.js';
import { anAwsError } from '../../support/an-aws-error.js';

const dynamo = mockClient(DynamoDBClient);
const records = new DynamoSlotRecords(new DynamoDBClient({}), 'the-table', 'erp');

const NOW_MS = 1_893_456_000_000;
const OWN = { slotId: 'slot-1', pace: { slots: 2, holdMs: 500 }, expiresAtMs: NOW_MS + 80_500 };

const itemOf = (slotId: string, expiresAtMs: number) => ({
  pk: { S: 'slots#erp' },
  sk: { S: slotId },
  slots: { N: '3' },
  holdMs: { N: '250' },
  expiresAtMs: { N: String(expiresAtMs) },
});

beforeEach(() => {
  dynamo.reset();
  dynamo.onAnyCommand().resolves({});
});

describe('DynamoSlotRecords', () => {
  it('writes the record first, and then asks for all with strong consistency', async () => {
    await records.open(OWN, NOW_MS);

    expect(dynamo.calls().map(({ args }) => args[0].constructor)).toEqual([PutItemCommand, QueryCommand]);
    expect(dynamo.calls().map(({ args }) => args[0].input)).toEqual([
      {
        TableName: 'the-table',
        Item: {
          pk: { S: 'slots#erp' },
          sk: { S: 'slot-1' },
          slots: { N: '2' },
          holdMs: { N: '500' },
          expiresAtMs: { N: '1893456080500' },
          // An hour after it expired: 1893456081 + 3600.
          expiresAtSeconds: { N: '1893459681' },
        },
      },
      {
        TableName: 'the-table',
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'slots#erp' } },
      },
    ]);
  });

  it('returns the other slots that have not expired', async () => {
    dynamo.on(QueryCommand).resolves({
      Items: [itemOf('slot-1', NOW_MS + 1), itemOf('expired', NOW_MS), itemOf('other', NOW_MS + 1)],
    });

    expect(await records.open(OWN, NOW_MS)).toEqual([
      { slotId: 'other', pace: { slots: 3, holdMs: 250 }, expiresAtMs: NOW_MS + 1 },
    ]);
  });

  it('reads every page of the answer, because a record that is missed counts as no slot', async () => {
    const next = { pk: { S: 'slots#erp' }, sk: { S: 'first' } };
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [itemOf('first', NOW_MS + 1)], LastEvaluatedKey: next })
      .resolvesOnce({ Items: [itemOf('second', NOW_MS + 1)] });

    const others = await records.open(OWN, NOW_MS);

    expect(others.map(({ slotId }) => slotId)).toEqual(['first', 'second']);
    expect(dynamo.commandCalls(QueryCommand)[1]?.args[0].input).toMatchObject({ ExclusiveStartKey: next });
  });

  it('deletes the record of a slot that ended', async () => {
    await records.close('slot-1');

    expect(dynamo.commandCalls(DeleteItemCommand).map(({ args }) => args[0].input)).toEqual([
      { TableName: 'the-table', Key: { pk: { S: 'slots#erp' }, sk: { S: 'slot-1' } } },
    ]);
  });

  it.each([PutItemCommand, QueryCommand])('throws when the table takes no %p', async (command) => {
    dynamo.on(command as typeof PutItemCommand).rejects(anAwsError('InternalServerError'));

    await expect(records.open(OWN, NOW_MS)).rejects.toThrow('said the service');
  });
});
