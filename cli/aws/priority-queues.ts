import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type ByPriority, type Priority } from '../../lambdas/core/contracts/priority.js';
import type { QueueContents } from '../../lambdas/core/status/snapshot.js';

/** The priority queues, and what was given up: how much lies in them, and a way in. */
export class PriorityQueues {
  readonly #sqs: SQSClient;
  readonly #urls: ByPriority<string>;
  readonly #parkedUrl: string;

  constructor(sqs: SQSClient, urls: ByPriority<string>, parkedUrl: string) {
    this.#sqs = sqs;
    this.#urls = urls;
    this.#parkedUrl = parkedUrl;
  }

  async read(): Promise<ByPriority<QueueContents>> {
    const [HIGH, NORMAL, BATCH] = await Promise.all([
      this.#of('HIGH'),
      this.#of('NORMAL'),
      this.#of('BATCH'),
    ]);
    return { HIGH, NORMAL, BATCH };
  }

  /** The body holds a task token, so an error says no more than its name. */
  async send(priority: Priority, MessageBody: string): Promise<void> {
    try {
      await this.#sqs.send(new SendMessageCommand({ QueueUrl: this.#urls[priority], MessageBody }));
    } catch (error) {
      const why = error instanceof Error ? error.name : 'unknown error';
      throw new Error(`no message can be sent to the ${priority} queue: ${why}`, { cause: error });
    }
  }

  /** Messages that wait for people, in hand or not. */
  async parked(): Promise<number> {
    const { waiting, inFlight } = await this.#contents(this.#parkedUrl);
    return waiting + inFlight;
  }

  #of(priority: Priority): Promise<QueueContents> {
    return this.#contents(this.#urls[priority]);
  }

  async #contents(QueueUrl: string): Promise<QueueContents> {
    const { Attributes = {} } = await this.#sqs.send(
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
        Number(Attributes.ApproximateNumberOfMessages) +
        Number(Attributes.ApproximateNumberOfMessagesDelayed),
      inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    };
  }
}
