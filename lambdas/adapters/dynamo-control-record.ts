import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { parseControlRecord } from '../core/contracts/control-record.js';
import type { Control } from '../core/control.js';

import { TABLE_KEYS } from '../core/contracts/table.js';
import type { ControlRecord } from '../core/ports.js';
import { toAttribute } from './dynamo-key.js';

/** The control record in the table. Without one, nothing is paused and the configured limits hold. */
export class DynamoControlRecord implements ControlRecord {
  readonly #dynamo: DynamoDBClient;
  readonly #tableName: string;
  readonly #key: ReturnType<typeof toAttribute>;

  constructor(dynamo: DynamoDBClient, tableName: string, api: string) {
    this.#dynamo = dynamo;
    this.#tableName = tableName;
    this.#key = toAttribute(TABLE_KEYS.control(api));
  }

  async read(): Promise<Control> {
    const { Item } = await this.#dynamo.send(
      new GetItemCommand({ TableName: this.#tableName, Key: this.#key, ConsistentRead: true }),
    );
    const { limits, paused, gateUntilMs } = parseControlRecord({
      limits: Item?.['limits']?.S,
      paused: Item?.['paused']?.SS,
      gateUntilMs: Item?.['gateUntilMs']?.N,
    });
    return { limits, paused, gateUntilMs };
  }

  async closeGate(untilMs: number): Promise<void> {
    try {
      await this.#dynamo.send(
        new UpdateItemCommand({
          TableName: this.#tableName,
          Key: this.#key,
          UpdateExpression: 'SET gateUntilMs = :until',
          ConditionExpression: 'attribute_not_exists(gateUntilMs) OR gateUntilMs < :until',
          ExpressionAttributeValues: { ':until': { N: String(untilMs) } },
        }),
      );
    } catch (error) {
      // Another slot closed it for longer.
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
    }
  }
}
