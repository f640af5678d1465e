import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoQuotaBook } from '../../../lambdas/adapters/dynamo-quota-book.js';
import { anAwsError } from '../../support/an-aws-error.js';

const dynamo = mockClient(DynamoDBClient);
const record = new DynamoQuotaBook(new DynamoDBClient({}), 'the-table', 'erp');

const KEY = { pk: { S: 'quota#erp' }, sk: { S: 'book' } };
const BOOK = [
  { calls: 3, untilMs: 1_893_456_000_000 },
  { calls: 5, untilMs: 1_893_456_060_000 },
];
const PERMITS = '[[1893456000000,3],[1893456060000,5]]';

beforeEach(() => dynamo.reset());

describe('DynamoQuotaBook', () => {
  it('reads the book of its legacy API with strong consistency', async () => {
    dynamo.on(GetItemCommand).resolves({});

    await record.read();

    expect(dynamo.calls().map(({ args }) => args[0].input)).toEqual([
      { TableName: 'the-table', Key: KEY, ConsistentRead: true },
    ]);
  });

  it('takes an absent book for an empty one', async () => {
    dynamo.on(GetItemCommand).resolves({});

    expect(await record.read()).toEqual({ book: [], version: 0 });
  });

  it('reads permits and version', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: { ...KEY, permits: { S: PERMITS }, version: { N: '7' } } });

    expect(await record.read()).toEqual({ book: BOOK, version: 7 });
  });

  it.each([
    ['no permits', { version: { N: '7' } }],
    ['no version', { permits: { S: PERMITS } }],
    ['permits that are none', { permits: { S: '[[1]]' }, version: { N: '7' } }],
    ['a negative number of calls', { permits: { S: '[[1893456000000,-1]]' }, version: { N: '7' } }],
  ])('refuses a book with %s', async (_, fields) => {
    dynamo.on(GetItemCommand).resolves({ Item: { ...KEY, ...fields } });

    await expect(record.read()).rejects.toThrow();
  });

  it('writes the first book only where there is none', async () => {
    dynamo.on(PutItemCommand).resolves({});

    expect(await record.replace(BOOK, 0)).toBe(true);

    expect(dynamo.calls().map(({ args }) => args[0].input)).toEqual([
      {
        TableName: 'the-table',
        Item: { ...KEY, permits: { S: PERMITS }, version: { N: '1' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    ]);
  });

  it('replaces only the version that was read', async () => {
    dynamo.on(PutItemCommand).resolves({});

    await record.replace(BOOK, 7);

    expect(dynamo.calls()[0]?.args[0].input).toMatchObject({
      Item: { version: { N: '8' } },
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': { N: '7' } },
    });
  });

  it('says so where somebody else was faster', async () => {
    dynamo.on(PutItemCommand).rejects(anAwsError('ConditionalCheckFailedException'));

    expect(await record.replace(BOOK, 7)).toBe(false);
  });

  it('throws where the table cannot be reached', async () => {
    dynamo.on(PutItemCommand).rejects(anAwsError('ProvisionedThroughputExceededException'));

    await expect(record.replace(BOOK, 7)).rejects.toThrow('said the service');
  });
});
