import { type AttributeValue, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Priority } from '../core/contracts/priority.js';
import { TABLE_KEYS } from '../core/contracts/table.js';
import type { RateLimit } from '../core/pacing/hold.js';
import { toAttribute } from './dynamo-key.js';

/**
 * The part of the control record that people set: what is paused, and limits in place of the configured ones. Each
 * change is one request that touches its own field only, so none takes back the gate of the slots or what somebody
 * else sets at the same time.
 */
export class DynamoControlSettings {
  readonly #dynamo: DynamoDBClient;
  readonly #tableName: string;
  readonly #key: ReturnType<typeof toAttribute>;

  constructor(dynamo: DynamoDBClient, tableName: string, api: string) {
    this.#dynamo = dynamo;
    this.#tableName = tableName;
    this.#key = toAttribute(TABLE_KEYS.control(api));
  }

  /** Slots start no call of these classes from a second later on, whatever is paused already. */
  pause(priorities: readonly Priority[]): Promise<void> {
    return this.#update('ADD paused :classes', { ':classes': { SS: [...priorities] } });
  }

  /** Ends the pause of these classes, and of no other. */
  resume(priorities: readonly Priority[]): Promise<void> {
    return this.#update('DELETE paused :classes', { ':classes': { SS: [...priorities] } });
  }

  /** Puts these in place of the configured limits; undefined returns to those. Nobody checks them here. */
  async setLimits(limits: readonly RateLimit[] | undefined): Promise<void> {
    if (limits === undefined) return this.#update('REMOVE limits');
    const bare = limits.map(({ calls, windowMs }) => ({ calls, windowMs }));
    return this.#update('SET limits = :limits', { ':limits': { S: JSON.stringify(bare) } });
  }

  async #update(UpdateExpression: string, values?: Record<string, AttributeValue>): Promise<void> {
    await this.#dynamo.send(
      new UpdateItemCommand({
        TableName: this.#tableName,
        Key: this.#key,
        UpdateExpression,
        ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
      }),
    );
  }
}
