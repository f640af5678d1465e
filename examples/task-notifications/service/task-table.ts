import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  paginateScan,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Task } from './task.js';

type Item = Record<string, AttributeValue>;

/** Tasks in DynamoDB. */
export class TaskTable {
  readonly #dynamo: DynamoDBClient;
  readonly #tableName: string;

  constructor(dynamo: DynamoDBClient, tableName: string) {
    this.#dynamo = dynamo;
    this.#tableName = tableName;
  }

  async find(id: string): Promise<Task | undefined> {
    const { Item } = await this.#dynamo.send(
      new GetItemCommand({ TableName: this.#tableName, Key: { id: { S: id } }, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : taskOf(Item);
  }

  async list(): Promise<readonly Task[]> {
    const tasks: Task[] = [];
    const pages = paginateScan({ client: this.#dynamo }, { TableName: this.#tableName });
    for await (const { Items = [] } of pages) tasks.push(...Items.map(taskOf));
    return tasks.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /**
   * Stores the task in place of its revision `replaced`, or as a new one.
   *
   * @returns false where somebody else has changed it meanwhile
   */
  save(task: Task, replaced: string | undefined): Promise<boolean> {
    const condition =
      replaced === undefined
        ? { ConditionExpression: 'attribute_not_exists(id)' }
        : {
            ConditionExpression: 'revision = :replaced',
            ExpressionAttributeValues: { ':replaced': { S: replaced } },
          };
    return unlessChanged(
      this.#dynamo.send(new PutItemCommand({ TableName: this.#tableName, Item: itemOf(task), ...condition })),
    );
  }

  /** @returns false where somebody else has changed it meanwhile */
  remove({ id, revision }: Task): Promise<boolean> {
    const request = {
      TableName: this.#tableName,
      Key: { id: { S: id } },
      ConditionExpression: 'attribute_not_exists(id) OR revision = :revision',
      ExpressionAttributeValues: { ':revision': { S: revision } },
    };
    return unlessChanged(this.#dynamo.send(new DeleteItemCommand(request)));
  }
}

async function unlessChanged(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function itemOf({ id, title, assignee, dueAt, revision, assignedIn }: Task): Item {
  return {
    id: { S: id },
    title: { S: title },
    assignee: { S: assignee },
    revision: { S: revision },
    assignedIn: { S: assignedIn },
    ...(dueAt === undefined ? {} : { dueAt: { S: dueAt } }),
  };
}

function taskOf({ id, title, assignee, dueAt, revision, assignedIn }: Item): Task {
  return {
    id: id?.S ?? '',
    title: title?.S ?? '',
    assignee: assignee?.S ?? '',
    revision: revision?.S ?? '',
    assignedIn: assignedIn?.S ?? '',
    ...(dueAt?.S === undefined ? {} : { dueAt: dueAt.S }),
  };
}
