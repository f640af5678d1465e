import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { PARKED_ATTRIBUTES, type ParkedAttribute } from '../core/contracts/parked-message.js';

/** A parked message in somebody's hands. */
export interface ParkedMessage {
  readonly id: string;
  readonly body: string;
  readonly receiptHandle: string;
  readonly known: Readonly<Partial<Record<ParkedAttribute, string>>>;
}

const BATCH_MAX = 10;

/** How long messages are hidden from others while they are in hand, in seconds. */
const IN_HAND_SECONDS = 120;

/** A long poll asks every server, so one that finds nothing means that there is nothing. */
const LONG_POLL_SECONDS = 1;

/** The queue of parked messages, for the people they wait for. */
export class SqsParkedMessages {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  /** Takes up to `most` messages in hand, as many as there are. */
  async take(most: number): Promise<readonly ParkedMessage[]> {
    const taken: ParkedMessage[] = [];
    while (taken.length < most) {
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#queueUrl,
          MaxNumberOfMessages: Math.min(BATCH_MAX, most - taken.length),
          WaitTimeSeconds: LONG_POLL_SECONDS,
          VisibilityTimeout: IN_HAND_SECONDS,
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) break;
      taken.push(...Messages.map(toParked));
    }
    return taken;
  }

  async delete({ receiptHandle }: ParkedMessage): Promise<void> {
    await this.#sqs.send(
      new DeleteMessageCommand({ QueueUrl: this.#queueUrl, ReceiptHandle: receiptHandle }),
    );
  }

  /** Puts it back for the next one who looks. */
  async release({ receiptHandle }: ParkedMessage): Promise<void> {
    await this.#sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.#queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 0,
      }),
    );
  }
}

function toParked({ MessageId = '', Body = '', ReceiptHandle = '', MessageAttributes = {} }: Message) {
  const known = Object.entries(PARKED_ATTRIBUTES).flatMap(([name, attribute]) => {
    const value = MessageAttributes[attribute]?.StringValue;
    return value === undefined ? [] : [[name, value] as const];
  });
  return { id: MessageId, body: Body, receiptHandle: ReceiptHandle, known: Object.fromEntries(known) };
}
