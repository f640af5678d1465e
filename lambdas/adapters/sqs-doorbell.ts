import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { BELL_BODY } from '../core/contracts/doorbell.js';
import type { Doorbell } from '../core/ports.js';

/** The doorbell queue in SQS. */
export class SqsDoorbell implements Doorbell {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  async ring(delayMs = 0): Promise<void> {
    // Rounded up: a bell that comes before the work it announces is heard in vain.
    const DelaySeconds = Math.ceil(delayMs / 1_000);
    await this.#sqs.send(
      new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody: BELL_BODY, DelaySeconds }),
    );
  }
}
