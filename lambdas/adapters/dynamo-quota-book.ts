import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { parseQuotaBook } from '../core/contracts/quota-book.js';
import { TABLE_KEYS } from '../core/contracts/table.js';
import type { QuotaBookRecord } from '../core/ports.js';
import type { QuotaBook } from '../core/quota/quota-book.js';
import { toAttribute } from './dynamo-key.js';

/** The quota book in the table: one item for each legacy API, written only by conditional requests. */
export class DynamoQuotaBook implements QuotaBookRecord {
  readonly #dynamo: DynamoDBClient;
  readonly #tableName: string;
  readonly #key: ReturnType<typeof toAttribute>;

  constructor(dynamo: DynamoDBClient, tableName: string, api: string) {
    this.#dynamo = dynamo;
    this.#tableName = tableName;
    this.#key = toAttribute(TABLE_KEYS.quotaBook(api));
  }

  async read(): Promise<{ readonly book: QuotaBook; readonly version: number }> {
    const { Item } = await this.#dynamo.send(
      new GetItemCommand({ TableName: this.#tableName, Key: this.#key, ConsistentRead: true }),
    );
    return Item === undefined
      ? { book: [], version: 0 }
      : parseQuotaBook({ permits: Item['permits']?.S, version: Item['version']?.N });
  }

  async replace(book: QuotaBook, version: number): Promise<boolean> {
    const permits = JSON.stringify(book.map(({ calls, untilMs }) => [untilMs, calls]));
    try {
      await this.#dynamo.send(
        new PutItemCommand({
          TableName: this.#tableName,
          Item: { ...this.#key, permits: { S: permits }, version: { N: String(version + 1) } },
          ...(version === 0
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: 'version = :read',
                ExpressionAttributeValues: { ':read': { N: String(version) } },
              }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }
}
