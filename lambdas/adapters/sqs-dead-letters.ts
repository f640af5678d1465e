import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetterQueue, ParkedLetter, Parking } from '../core/dead-letters/dead-letter.js';
import { parkedAttributes } from './parked-attributes.js';

/** The dead-letter queue in SQS. */
export class SqsDeadLetterQueue implements DeadLetterQueue {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  async defer({ receiptHandle }: DeadLetter, delayMs: number): Promise<void> {
    // SQS counts visibility in whole seconds; rounding up never brings a message back too early.
    const VisibilityTimeout = Math.ceil(delayMs / 1_000);
    await this.#sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.#queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout,
      }),
    );
  }
}

/** The queue in SQS where messages rest for people. */
export class SqsParking implements Parking {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  async park({ body, receiveCount, enqueuedAtMs, parkedAtMs, ...known }: ParkedLetter): Promise<void> {
    await this.#sqs.send(
      new SendMessageCommand({
        QueueUrl: this.#queueUrl,
        MessageBody: body,
        MessageAttributes: parkedAttributes({
          ...known,
          receiveCount: String(receiveCount),
          enqueuedAt: new Date(enqueuedAtMs).toISOString(),
          parkedAt: new Date(parkedAtMs).toISOString(),
        }),
      }),
    );
  }
}
