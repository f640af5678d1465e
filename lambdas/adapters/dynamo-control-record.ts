import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { parseControlRecord } from '../core/contracts/control-record.js';
import { TABLE_KEYS } from '../core/contracts/table.js';
import type { Control } from '../core/control.js';
import type { Gate } from '../core/gate/gate.js';
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
    const { limits, paused, gateUntilMs, slowdown, breaker, gateVersion } = parseControlRecord({
      limits: Item?.['limits']?.S,
      paused: Item?.['paused']?.SS,
      gateUntilMs: Item?.['gateUntilMs']?.N,
      slowdown: numbersOf(Item?.['slowdown']),
      breaker: numbersOf(Item?.['breaker']),
      gateVersion: Item?.['gateVersion']?.N,
    });
    return { limits, paused, gateUntilMs, slowdown, breaker, gateVersion };
  }

  /** Touches no other field, so that it takes back no pause and no limit that somebody sets at the same time. */
  async changeGate(next: Gate): Promise<boolean> {
    try {
      await this.#dynamo.send(
        new UpdateItemCommand({ TableName: this.#tableName, Key: this.#key, ...updateTo(next) }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }
}

/** Sets what the gate has and removes what it has not, provided that nobody has changed it since it was read. */
function updateTo({ gateUntilMs, slowdown, breaker, gateVersion }: Gate) {
  const maps = { slowdown, breaker };
  const names = ['slowdown', 'breaker'] as const;
  const present = names.filter((name) => maps[name] !== undefined);
  const absent = names.filter((name) => maps[name] === undefined);
  const sets = ['gateUntilMs', 'gateVersion', ...present].map((name) => `${name} = :${name}`);
  const isFirst = gateVersion === 1;
  return {
    UpdateExpression: [
      `SET ${sets.join(', ')}`,
      ...(absent.length > 0 ? [`REMOVE ${absent.join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: isFirst ? 'attribute_not_exists(gateVersion)' : 'gateVersion = :previous',
    ExpressionAttributeValues: {
      ':gateUntilMs': toNumber(gateUntilMs),
      ':gateVersion': toNumber(gateVersion),
      ...Object.fromEntries(present.map((name) => [`:${name}`, toNumbers({ ...maps[name] })])),
      ...(isFirst ? {} : { ':previous': toNumber(gateVersion - 1) }),
    },
  };
}

function toNumber(value: number): AttributeValue {
  return { N: String(value) };
}

function toNumbers(fields: Readonly<Record<string, number>>): AttributeValue {
  return { M: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toNumber(value)])) };
}

/** The numbers of a map, as text; undefined where there is no map. */
function numbersOf(attribute: AttributeValue | undefined): Record<string, string | undefined> | undefined {
  if (attribute?.M === undefined) return undefined;
  return Object.fromEntries(Object.entries(attribute.M).map(([name, { N }]) => [name, N]));
}
