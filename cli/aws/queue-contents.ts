import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type ByPriority, type Priority } from '../../lambdas/core/contracts/priority.js';

/** Messages of one priority queue. SQS calls its own figures approximate: they settle within a minute of a change. */
export interface QueueContents {
  /** Can be received now, or once their delay is over. */
  readonly waiting: number;
  /** In some slot's hands. */
  readonly inFlight: number;
}

/** How much lies in the priority queues. */
export class PriorityQueueContents {
  readonly #sqs: SQSClient;
  readonly #urls: ByPriority<string>;

  constructor(sqs: SQSClient, urls: ByPriority<string>) {
    this.#sqs = sqs;
    this.#urls = urls;
  }

  async read(): Promise<ByPriority<QueueContents>> {
    const [HIGH, NORMAL, BATCH] = await Promise.all([
      this.#of('HIGH'),
      this.#of('NORMAL'),
      this.#of('BATCH'),
    ]);
    return { HIGH, NORMAL, BATCH };
  }

  async #of(priority: Priority): Promise<QueueContents> {
    const { Attributes = {} } = await this.#sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: this.#urls[priority],
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
