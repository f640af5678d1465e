import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { TABLE, TABLE_KEYS } from '../core/contracts/table.js';
import type { TaskFailure } from '../core/contracts/task-errors.js';
import type { LedgerChange, LedgerEntry, LedgerKey, LedgerState } from '../core/ledger/ledger-entry.js';
import type { Ledger } from '../core/ports.js';
import { toAttribute } from './dynamo-key.js';

type Item = Record<string, AttributeValue>;

/** The ledger in the table: one item for each `once` call, changed by conditional writes only. */
export class DynamoLedger implements Ledger {
  readonly #dynamo: DynamoDBClient;
  readonly #tableName: string;
  readonly #api: string;

  constructor(dynamo: DynamoDBClient, tableName: string, api: string) {
    this.#dynamo = dynamo;
    this.#tableName = tableName;
    this.#api = api;
  }

  async read(key: LedgerKey): Promise<LedgerEntry | undefined> {
    const { Item } = await this.#dynamo.send(
      new GetItemCommand({ TableName: this.#tableName, Key: this.#key(key), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : toEntry(Item);
  }

  async change({ key, expected, entry }: LedgerChange): Promise<boolean> {
    const where = { TableName: this.#tableName, ...conditionOf(expected) };
    try {
      await (entry === undefined
        ? this.#dynamo.send(new DeleteItemCommand({ ...where, Key: this.#key(key) }))
        : this.#dynamo.send(new PutItemCommand({ ...where, Item: { ...this.#key(key), ...toItem(entry) } })));
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  #key(key: LedgerKey): Item {
    return toAttribute(TABLE_KEYS.call(this.#api, key));
  }
}

function conditionOf(expected: string | undefined) {
  if (expected === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: 'revision = :expected',
    ExpressionAttributeValues: { ':expected': { S: expected } },
  };
}

function toItem({ revision, task, payload, doneByMs, expiresAtMs, state }: LedgerEntry): Item {
  return {
    revision: { S: revision },
    task: { S: task },
    payload: { S: payload },
    doneByMs: { N: String(doneByMs) },
    outcome: { S: state.kind },
    ...detailOf(state),
    [TABLE.timeToLive]: { N: String(Math.ceil(expiresAtMs / 1_000)) },
  };
}

function detailOf(state: LedgerState): Item {
  switch (state.kind) {
    case 'started':
      return {};
    case 'unknown':
      return { cause: { S: state.cause } };
    case 'succeeded':
      return { outputJson: { S: state.outputJson } };
    case 'rejected':
    case 'responseTooLarge':
      return { error: { S: state.failure.error }, cause: { S: state.failure.cause } };
  }
}

function toEntry(item: Item): LedgerEntry {
  const text = (name: string) => item[name]?.S ?? '';
  const number = (name: string) => Number(item[name]?.N);
  return {
    revision: text('revision'),
    task: text('task'),
    payload: text('payload'),
    doneByMs: number('doneByMs'),
    expiresAtMs: number(TABLE.timeToLive) * 1_000,
    state: toState(text('outcome'), text),
  };
}

/** Throws on an outcome that nothing of ours has written: no slot guesses what it means. */
function toState(kind: string, text: (name: string) => string): LedgerState {
  switch (kind) {
    case 'started':
      return { kind };
    case 'unknown':
      return { kind, cause: text('cause') };
    case 'succeeded':
      return { kind, outputJson: text('outputJson') };
    case 'rejected':
    case 'responseTooLarge':
      return { kind, failure: { error: text('error') as TaskFailure['error'], cause: text('cause') } };
    default:
      throw new Error(`ledger: unknown outcome "${kind}"; expected one that the worker has written`);
  }
}
