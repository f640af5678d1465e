import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoLedger } from '../../../lambdas/adapters/dynamo-ledger.js';
import type { LedgerState } from '../../../lambdas/core/ledger/ledger-entry.js';
import { aLedgerEntry } from '../../support/a-ledger-entry.js';
import { anAwsError } from '../../support/an-aws-error.js';

const dynamo = mockClient(DynamoDBClient);
const ledger = new DynamoLedger(new DynamoDBClient({}), 'the-table', 'erp');

const KEY = { operation: 'bookOrder', idempotencyKey: 'order/7' };
const ITEM_KEY = { pk: { S: 'call#erp#bookOrder' }, sk: { S: 'order/7' } };
const FAILURE = { error: 'LegacyApi.Rejected', cause: 'status 409: no' } as const;

const inputs = () => dynamo.calls().map(({ args }) => args[0].input);

beforeEach(() => {
  dynamo.reset();
  dynamo.on(GetItemCommand).resolves({});
  dynamo.on(PutItemCommand).resolves({});
  dynamo.on(DeleteItemCommand).resolves({});
});

describe('DynamoLedger', () => {
  it('reads an entry with strong consistency', async () => {
    expect(await ledger.read(KEY)).toBeUndefined();

    expect(inputs()).toEqual([{ TableName: 'the-table', Key: ITEM_KEY, ConsistentRead: true }]);
  });

  it.each<LedgerState>([
    { kind: 'started' },
    { kind: 'unknown', cause: 'no whole answer' },
    { kind: 'succeeded', outputJson: '{"ok":true}' },
    { kind: 'rejected', failure: FAILURE },
    { kind: 'responseTooLarge', failure: FAILURE },
  ])('reads back what it has written of a call that is $kind', async (state) => {
    const entry = aLedgerEntry({ state });
    await ledger.change({ key: KEY, expected: undefined, entry });
    const [{ Item } = { Item: undefined }] = inputs() as PutItemCommandInput[];
    dynamo.on(GetItemCommand).resolves({ Item: Item ?? {} });

    expect(await ledger.read(KEY)).toEqual(entry);
  });

  it('writes a first entry only where there is none', async () => {
    expect(await ledger.change({ key: KEY, expected: undefined, entry: aLedgerEntry() })).toBe(true);

    expect(inputs()).toMatchObject([
      { TableName: 'the-table', Item: ITEM_KEY, ConditionExpression: 'attribute_not_exists(pk)' },
    ]);
  });

  it('replaces an entry only where it has the expected revision', async () => {
    await ledger.change({ key: KEY, expected: 'slot-1/1', entry: aLedgerEntry() });

    expect(inputs()).toMatchObject([
      {
        ConditionExpression: 'revision = :expected',
        ExpressionAttributeValues: { ':expected': { S: 'slot-1/1' } },
      },
    ]);
  });

  it('takes an entry away only where it has the expected revision', async () => {
    await ledger.change({ key: KEY, expected: 'slot-1/1', entry: undefined });

    expect(inputs()).toEqual([
      {
        TableName: 'the-table',
        Key: ITEM_KEY,
        ConditionExpression: 'revision = :expected',
        ExpressionAttributeValues: { ':expected': { S: 'slot-1/1' } },
      },
    ]);
  });

  it('says that nothing was changed where the revision is another one', async () => {
    dynamo.on(PutItemCommand).rejects(anAwsError('ConditionalCheckFailedException'));

    expect(await ledger.change({ key: KEY, expected: 'slot-1/1', entry: aLedgerEntry() })).toBe(false);
  });

  it('throws when the table cannot be reached', async () => {
    dynamo.on(PutItemCommand).rejects(anAwsError('ThrottlingException'));

    await expect(ledger.change({ key: KEY, expected: undefined, entry: aLedgerEntry() })).rejects.toThrow();
  });

  it('refuses an outcome that nothing of ours has written', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: { ...ITEM_KEY, outcome: { S: 'guessed' } } });

    await expect(ledger.read(KEY)).rejects.toThrow('ledger: unknown outcome "guessed"');
  });
});
