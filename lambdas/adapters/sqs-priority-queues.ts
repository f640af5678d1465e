import { randomUUID } from 'node:crypto';
import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type ByLane, overflowOf } from '../core/contracts/lane.js';
import type { TaskRequest } from '../core/contracts/task-request.js';
import type { ByPriority, Priority } from '../core/contracts/priority.js';
import { type QueueContents, withOverflow } from '../core/status/queue-contents.js';
import { sha256 } from './sha-256.js';

/** The priority queues with their overflows: how much lies in them, and a way in. */
export class SqsPriorityQueues {
  readonly #sqs: SQSClient;
  readonly #urls: ByLane<string>;

  constructor(sqs: SQSClient, urls: ByLane<string>) {
    this.#sqs = sqs;
    this.#urls = urls;
  }

  async read(): Promise<ByPriority<QueueContents>> {
    const [HIGH, NORMAL, BATCH] = await Promise.all([
      this.#contentsOf('HIGH'),
      this.#contentsOf('NORMAL'),
      this.#contentsOf('BATCH'),
    ]);
    return { HIGH, NORMAL, BATCH };
  }

  async #contentsOf(priority: Priority): Promise<QueueContents> {
    const overflowUrl = this.#urls[overflowOf(priority)];
    const [own, overflow] = await Promise.all([
      queueContents(this.#sqs, this.#urls[priority]),
      overflowUrl === undefined ? undefined : queueContents(this.#sqs, overflowUrl),
    ]);
    return withOverflow(own, overflow);
  }

  /** The body holds a task token, so an error says no more than its name. */
  async send(
    priority: Priority,
    MessageBody: string,
    { tenant, orderingKey }: Pick<TaskRequest, 'tenant' | 'orderingKey'>,
  ): Promise<void> {
    const QueueUrl = this.#urls[priority];
    const group = QueueUrl.endsWith('.fifo') ? inOrder(orderingKey) : ofTenant(tenant);
    try {
      await this.#sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...group }));
    } catch (error) {
      const why = error instanceof Error ? error.name : 'unknown error';
      throw new Error(`no message can be sent to the ${priority} queue: ${why}`, { cause: error });
    }
  }
}

/** As the state machine sends: a FIFO queue takes no message without both, and without a key it waits for none. */
function inOrder(orderingKey: string | undefined) {
  return {
    MessageGroupId: orderingKey === undefined ? randomUUID() : sha256(orderingKey),
    MessageDeduplicationId: randomUUID(),
  };
}

/** As the state machine sends: so SQS sees whose turn it is among those that ask for much. */
function ofTenant(tenant: string | undefined) {
  return tenant === undefined ? {} : { MessageGroupId: sha256(tenant) };
}

/** Messages of one queue, as far as SQS tells. */
export async function queueContents(sqs: SQSClient, QueueUrl: string): Promise<QueueContents> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesDelayed',
        'ApproximateNumberOfMessagesNotVisible',
      ],
    }),
  );
  return {
    waiting:
      Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesDelayed),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
  };
}
