import { randomUUID } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Probe } from './probe.js';

const OTHERS = 200;
const RECEIVES = 4;
const MARKED = 'received often';

/** Where a message stands in its queue after it was received and given back several times. */
export const receiveOrderProbe: Probe = {
  name: 'receive-order',
  question: 'Does a message that was received more than three times fall behind those sent later?',
  assumed: 'It does, so a deferral is the exception, and our own age metric counts from the message body.',
  ask: async ({ sqs }) => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `verify-${randomUUID()}` }));
    try {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: MARKED }));
      for (let receive = 0; receive < RECEIVES; receive += 1) await receiveAndGiveBack(sqs, QueueUrl);
      await sendOthers(sqs, QueueUrl);
      const before = await servedBefore(sqs, QueueUrl);
      return { seen: `${before} of ${OTHERS} later messages were served before it`, asAssumed: undefined };
    } finally {
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    }
  },
};

async function receiveAndGiveBack(sqs: SQSClient, QueueUrl: string): Promise<void> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
  for (const { ReceiptHandle } of Messages) {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
}

async function sendOthers(sqs: SQSClient, QueueUrl: string): Promise<void> {
  for (let sent = 0; sent < OTHERS; sent += 10) {
    const Entries = Array.from({ length: 10 }, (_, index) => ({
      Id: String(index),
      MessageBody: `later ${sent + index}`,
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
}

async function servedBefore(sqs: SQSClient, QueueUrl: string): Promise<number> {
  for (let before = 0; ;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
    );
    if (Messages.length === 0) throw new Error('the marked message did not come back');
    const index = Messages.findIndex(({ Body }) => Body === MARKED);
    if (index >= 0) return before + index;
    before += Messages.length;
    const Entries = Messages.map(({ ReceiptHandle }, id) => ({ Id: String(id), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}
