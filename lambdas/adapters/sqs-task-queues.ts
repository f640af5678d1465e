import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { ByPriority, Priority } from '../core/contracts/priority.js';
import type { Message, TaskQueues } from '../core/ports.js';

export interface QueueUrls {
  readonly queue: string;
  readonly deadLetterQueue: string;
}

/** The message attribute under which a parked message carries the reason. */
export const PARK_REASON_ATTRIBUTE = 'Reason';

/** The most that one request brings: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const RECEIVE_MAX = 10;

/** SQS counts visibility in whole seconds; rounding up never brings a message back too early. */
const seconds = (milliseconds: number) => Math.ceil(milliseconds / 1_000);

/** A message attribute is part of the message, so a reason stays far below its limit. */
const REASON_MAX_CHARACTERS = 4_096;

/** The three priority queues in SQS. */
export class SqsTaskQueues implements TaskQueues {
  readonly #sqs: SQSClient;
  readonly #urls: ByPriority<QueueUrls>;

  constructor(sqs: SQSClient, urls: ByPriority<QueueUrls>) {
    this.#sqs = sqs;
    this.#urls = urls;
  }

  async receive(priority: Priority, waitSeconds: number): Promise<Message | undefined> {
    const [message] = await this.#receive(priority, waitSeconds, 1);
    return message;
  }

  receiveSome(priority: Priority): Promise<readonly Message[]> {
    return this.#receive(priority, 0, RECEIVE_MAX);
  }

  async delete({ priority, receiptHandle }: Message): Promise<void> {
    const QueueUrl = this.#urls[priority].queue;
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receiptHandle }));
  }

  async defer({ priority, receiptHandle }: Message, delayMs: number): Promise<void> {
    await this.#sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.#urls[priority].queue,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds(delayMs),
      }),
    );
  }

  async park({ priority, body }: Message, reason: string): Promise<void> {
    const StringValue = reason.slice(0, REASON_MAX_CHARACTERS);
    const parking = new SendMessageCommand({
      QueueUrl: this.#urls[priority].deadLetterQueue,
      MessageBody: body,
      MessageAttributes: { [PARK_REASON_ATTRIBUTE]: { DataType: 'String', StringValue } },
    });
    try {
      await this.#sqs.send(parking);
    } catch (error) {
      // The name only: messages of the service may quote the body, which holds a token.
      const name = error instanceof Error ? error.name : 'unknown error';
      throw new Error(`the message cannot be parked: ${name}`, { cause: error });
    }
  }

  async #receive(priority: Priority, waitSeconds: number, most: number): Promise<readonly Message[]> {
    const { Messages = [] } = await this.#sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#urls[priority].queue,
        MaxNumberOfMessages: most,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    return Messages.map(({ Body, ReceiptHandle, Attributes }) => ({
      priority,
      body: Body ?? '',
      receiptHandle: ReceiptHandle ?? '',
      receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    }));
  }
}
