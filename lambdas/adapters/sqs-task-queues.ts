import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type ByLane, type Lane, priorityOf } from '../core/contracts/lane.js';
import type { Message, TaskQueues } from '../core/ports.js';
import { parkedAttributes } from './parked-attributes.js';

/** The most that one request brings: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const RECEIVE_MAX = 10;

/** SQS counts visibility in whole seconds; rounding up never brings a message back too early. */
const seconds = (milliseconds: number) => Math.ceil(milliseconds / 1_000);

/** The priority queues and their overflows in SQS, and the queue for messages that can never be served. */
export class SqsTaskQueues implements TaskQueues {
  readonly #sqs: SQSClient;
  readonly #urls: ByLane<string>;
  readonly #parkedUrl: string;

  constructor(sqs: SQSClient, urls: ByLane<string>, parkedUrl: string) {
    this.#sqs = sqs;
    this.#urls = urls;
    this.#parkedUrl = parkedUrl;
  }

  async receive(lane: Lane, waitSeconds: number): Promise<Message | undefined> {
    const [message] = await this.#receive(lane, waitSeconds, 1);
    return message;
  }

  receiveSome(lane: Lane): Promise<readonly Message[]> {
    return this.#receive(lane, 0, RECEIVE_MAX);
  }

  async delete({ lane, receiptHandle }: Message): Promise<void> {
    const QueueUrl = this.#urlOf(lane);
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receiptHandle }));
  }

  async defer({ lane, receiptHandle }: Message, delayMs: number): Promise<void> {
    await this.#sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.#urlOf(lane),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds(delayMs),
      }),
    );
  }

  async park({ body, receiveCount }: Message, reason: string): Promise<void> {
    const parking = new SendMessageCommand({
      QueueUrl: this.#parkedUrl,
      MessageBody: body,
      MessageAttributes: parkedAttributes({ reason, receiveCount: String(receiveCount) }),
    });
    try {
      await this.#sqs.send(parking);
    } catch (error) {
      // The name only: messages of the service may quote the body, which holds a token.
      const name = error instanceof Error ? error.name : 'unknown error';
      throw new Error(`the message cannot be parked: ${name}`, { cause: error });
    }
  }

  #urlOf(lane: Lane): string {
    const url = this.#urls[lane];
    if (url === undefined) throw new Error(`no queue for ${lane}`);
    return url;
  }

  async #receive(lane: Lane, waitSeconds: number, most: number): Promise<readonly Message[]> {
    const { Messages = [] } = await this.#sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#urlOf(lane),
        MaxNumberOfMessages: most,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    return Messages.map(({ Body, ReceiptHandle, Attributes }) => ({
      priority: priorityOf(lane),
      lane,
      body: Body ?? '',
      receiptHandle: ReceiptHandle ?? '',
      receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    }));
  }
}
