import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { SqsTaskQueues } from '../../../lambdas/adapters/sqs-task-queues.js';
import { byPriority, PRIORITIES } from '../../../lambdas/core/contracts/priority.js';
import { anAwsError } from '../../support/an-aws-error.js';

const sqs = mockClient(SQSClient);
const queues = new SqsTaskQueues(
  new SQSClient({}),
  { ...byPriority((priority) => `https://q/${priority}`), NORMAL_OVERFLOW: 'https://q/NORMAL_OVERFLOW' },
  'https://q/parked',
);

const MESSAGE = {
  priority: 'NORMAL',
  lane: 'NORMAL',
  body: '{}',
  receiptHandle: 'receipt',
  receiveCount: 1,
} as const;

const sent = () => sqs.calls().map(({ args }) => args[0].input);

beforeEach(() => {
  sqs.reset();
  sqs.onAnyCommand().resolves({});
});

describe('SqsTaskQueues', () => {
  it.each(PRIORITIES)('receives one message from the %s queue, and its receive count', async (priority) => {
    sqs.on(ReceiveMessageCommand).resolves({
      Messages: [{ Body: '{"a":1}', ReceiptHandle: 'receipt', Attributes: { ApproximateReceiveCount: '3' } }],
    });

    const message = await queues.receive(priority, 0);

    expect(message).toEqual({
      priority,
      lane: priority,
      body: '{"a":1}',
      receiptHandle: 'receipt',
      receiveCount: 3,
    });
    expect(sent()).toEqual([
      {
        QueueUrl: `https://q/${priority}`,
        MaxNumberOfMessages: 1,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      },
    ]);
  });

  it('waits as long as it is told for a message', async () => {
    await queues.receive('HIGH', 20);

    expect(sent()).toMatchObject([{ WaitTimeSeconds: 20 }]);
  });

  it.each([{}, { Messages: [] }])('receives nothing where SQS answers %j', async (answer) => {
    sqs.on(ReceiveMessageCommand).resolves(answer);

    expect(await queues.receive('HIGH', 0)).toBeUndefined();
  });

  it('receives as many messages as one request brings, without waiting', async () => {
    sqs.on(ReceiveMessageCommand).resolves({
      Messages: [
        { Body: 'one', ReceiptHandle: 'r1', Attributes: { ApproximateReceiveCount: '1' } },
        { Body: 'two', ReceiptHandle: 'r2', Attributes: { ApproximateReceiveCount: '2' } },
      ],
    });

    expect(await queues.receiveSome('BATCH')).toEqual([
      { priority: 'BATCH', lane: 'BATCH', body: 'one', receiptHandle: 'r1', receiveCount: 1 },
      { priority: 'BATCH', lane: 'BATCH', body: 'two', receiptHandle: 'r2', receiveCount: 2 },
    ]);
    expect(sent()).toMatchObject([{ MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }]);
  });

  it('takes a message from an overflow for one of its class, and deletes it there', async () => {
    sqs.on(ReceiveMessageCommand).resolves({ Messages: [{ Body: '{}', ReceiptHandle: 'receipt' }] });

    const message = await queues.receive('NORMAL_OVERFLOW', 0);
    if (message !== undefined) await queues.delete(message);

    expect(message).toMatchObject({ priority: 'NORMAL', lane: 'NORMAL_OVERFLOW' });
    expect(sent()).toMatchObject([
      { QueueUrl: 'https://q/NORMAL_OVERFLOW' },
      { QueueUrl: 'https://q/NORMAL_OVERFLOW', ReceiptHandle: 'receipt' },
    ]);
  });

  it('refuses an overflow that the configuration does not have', async () => {
    await expect(queues.receive('BATCH_OVERFLOW', 0)).rejects.toThrow('no queue for BATCH_OVERFLOW');
  });

  it('deletes a message from its own queue', async () => {
    await queues.delete(MESSAGE);

    expect(sqs.commandCalls(DeleteMessageCommand)).toHaveLength(1);
    expect(sent()).toEqual([{ QueueUrl: 'https://q/NORMAL', ReceiptHandle: 'receipt' }]);
  });

  it.each([
    [0, 0],
    [1, 1],
    [2_000, 2],
    [2_001, 3],
  ])('gives a message back for %i ms, which SQS counts as %i seconds', async (delayMs, VisibilityTimeout) => {
    await queues.defer(MESSAGE, delayMs);

    expect(sqs.commandCalls(ChangeMessageVisibilityCommand)).toHaveLength(1);
    expect(sent()).toEqual([{ QueueUrl: 'https://q/NORMAL', ReceiptHandle: 'receipt', VisibilityTimeout }]);
  });

  it('parks a message with the reason and how often it was received', async () => {
    await queues.park(MESSAGE, 'not a task request');

    expect(sqs.commandCalls(SendMessageCommand)).toHaveLength(1);
    expect(sent()).toEqual([
      {
        QueueUrl: 'https://q/parked',
        MessageBody: '{}',
        MessageAttributes: {
          Reason: { DataType: 'String', StringValue: 'not a task request' },
          ReceiveCount: { DataType: 'String', StringValue: '1' },
        },
      },
    ]);
  });

  it('cuts a long reason', async () => {
    await queues.park(MESSAGE, 'x'.repeat(10_000));

    expect(sent()).toMatchObject([{ MessageAttributes: { Reason: { StringValue: 'x'.repeat(4_096) } } }]);
  });

  it.each([
    ['receive', () => queues.receive('HIGH', 0)],
    ['delete', () => queues.delete(MESSAGE)],
    ['defer', () => queues.defer(MESSAGE, 0)],
  ])('throws when SQS does not %s', async (_operation, attempt) => {
    sqs.onAnyCommand().rejects(anAwsError('ServiceUnavailable'));

    await expect(attempt()).rejects.toThrow('said the service');
  });

  it('throws when SQS does not park, without a word of what SQS says, which may quote the message', async () => {
    sqs.onAnyCommand().rejects(anAwsError('InvalidMessageContents', 'no such text: the-secret-token'));

    await expect(queues.park(MESSAGE, 'reason')).rejects.toThrow(
      /^the message cannot be parked: InvalidMessageContents$/,
    );
  });
});
