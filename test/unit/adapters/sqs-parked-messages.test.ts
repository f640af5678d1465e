import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { SqsParkedMessages } from '../../../lambdas/adapters/sqs-parked-messages.js';

const sqs = mockClient(SQSClient);
const parked = new SqsParkedMessages(new SQSClient({}), 'https://q/parked');
const message = (MessageId: string) => ({
  MessageId,
  Body: '{}',
  ReceiptHandle: `receipt-${MessageId}`,
  MessageAttributes: { Reason: { DataType: 'String', StringValue: 'given up' } },
});

beforeEach(() => {
  sqs.reset();
  sqs.onAnyCommand().resolves({});
});

describe('SqsParkedMessages', () => {
  it('takes messages until there are no more, with what is known of each', async () => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [message('1')] })
      .resolvesOnce({ Messages: [message('2')] })
      .resolves({});

    const taken = await parked.take(100);

    expect(taken.map(({ id }) => id)).toEqual(['1', '2']);
    expect(taken[0]).toEqual({
      ...{ id: '1', body: '{}', receiptHandle: 'receipt-1', known: { reason: 'given up' } },
    });
  });

  it('takes no more than it is asked for', async () => {
    sqs.on(ReceiveMessageCommand).resolves({ Messages: [message('1')] });

    await parked.take(1);

    expect(sqs.commandCalls(ReceiveMessageCommand).map(({ args }) => args[0].input)).toMatchObject([
      { QueueUrl: 'https://q/parked', MaxNumberOfMessages: 1, MessageAttributeNames: ['All'] },
    ]);
  });

  it('deletes one for good, and puts one back for the next who looks', async () => {
    const inHand = { id: '1', body: '{}', receiptHandle: 'receipt-1', known: {} };

    await parked.delete(inHand);
    await parked.release(inHand);

    const QueueUrl = 'https://q/parked';
    expect(sqs.commandCalls(DeleteMessageCommand)[0]?.args[0].input).toEqual({
      ...{ QueueUrl, ReceiptHandle: 'receipt-1' },
    });
    expect(sqs.commandCalls(ChangeMessageVisibilityCommand)[0]?.args[0].input).toEqual({
      ...{ QueueUrl, ReceiptHandle: 'receipt-1', VisibilityTimeout: 0 },
    });
  });
});
