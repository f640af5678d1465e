import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { TABLE, TABLE_KEYS } from '../core/contracts/table.js';
import type { SlotRecord, SlotRecords } from '../core/ports.js';
import { toAttribute } from './dynamo-key.js';

/** DynamoDB deletes by TTL within days; this only keeps the table small, so it may come much later. */
const KEEP_EXPIRED_SECONDS = 3_600;

/** Slot records in the table: one partition for each legacy API. */
export class DynamoSlotRecords implements SlotRecords {
  readonly #dynamo: DynamoDBClient;
  readonly #tableName: string;
  readonly #api: string;

  constructor(dynamo: DynamoDBClient, tableName: string, api: string) {
    this.#dynamo = dynamo;
    this.#tableName = tableName;
    this.#api = api;
  }

  async open(record: SlotRecord, nowMs: number): Promise<readonly SlotRecord[]> {
    const key = TABLE_KEYS.slot(this.#api, record.slotId);
    await this.#dynamo.send(
      new PutItemCommand({ TableName: this.#tableName, Item: { ...toAttribute(key), ...toItem(record) } }),
    );
    const records = await this.list(nowMs);
    return records.filter(({ slotId }) => slotId !== record.slotId);
  }

  /** All that have not expired by `nowMs`, strongly consistent. */
  async list(nowMs: number): Promise<readonly SlotRecord[]> {
    const records = await this.#readAll(TABLE_KEYS.slot(this.#api, '').pk);
    return records.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  }

  async close(slotId: string): Promise<void> {
    const Key = toAttribute(TABLE_KEYS.slot(this.#api, slotId));
    await this.#dynamo.send(new DeleteItemCommand({ TableName: this.#tableName, Key }));
  }

  /** Page by page: expired records stay for a while, and a slot whose record is missed would count as none. */
  async #readAll(partition: string): Promise<readonly SlotRecord[]> {
    const records: SlotRecord[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await this.#dynamo.send(
        new QueryCommand({
          TableName: this.#tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: partition } },
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      records.push(...Items.map(toRecord));
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return records;
  }
}

function toItem({ pace, expiresAtMs }: SlotRecord): Record<string, AttributeValue> {
  const timeToLive = Math.ceil(expiresAtMs / 1_000) + KEEP_EXPIRED_SECONDS;
  return {
    slots: { N: String(pace.slots) },
    holdMs: { N: String(pace.holdMs) },
    expiresAtMs: { N: String(expiresAtMs) },
    [TABLE.timeToLive]: { N: String(timeToLive) },
  };
}

function toRecord(item: Record<string, AttributeValue>): SlotRecord {
  const number = (name: string) => Number(item[name]?.N);
  return {
    slotId: item['sk']?.S ?? '',
    pace: { slots: number('slots'), holdMs: number('holdMs') },
    expiresAtMs: number('expiresAtMs'),
  };
}
