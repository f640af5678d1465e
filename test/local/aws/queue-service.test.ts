import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type Queues, startQueues } from '../support/queues.js';

/** What the worker, the doorbell and the report rely on in fauxqs; a new version has to keep it. */
describe('the queues', () => {
  let queues: Queues;

  beforeAll(async () => {
    queues = await startQueues();
  });

  afterAll(() => queues.stop());

  const send = (QueueUrl: string, MessageBody: string, DelaySeconds?: number) =>
    queues.sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody,
        ...(DelaySeconds === undefined ? {} : { DelaySeconds }),
      }),
    );

  async function receive(QueueUrl: string, WaitTimeSeconds = 0): Promise<Message | undefined> {
    const { Messages = [] } = await queues.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds, MessageSystemAttributeNames: ['All'] }),
    );
    return Messages[0];
  }

  const giveBack = (QueueUrl: string, message: Message | undefined, VisibilityTimeout: number) =>
    queues.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout,
      }),
    );

  const receiveCount = (message: Message | undefined) => message?.Attributes?.ApproximateReceiveCount;

  it('hide a received message and count each of its receives', async () => {
    const url = queues.create('counted');
    await send(url, 'a');

    const first = await receive(url);
    const hidden = await receive(url);
    await giveBack(url, first, 0);
    const second = await receive(url);

    expect(hidden).toBeUndefined();
    expect([first, second].map(receiveCount)).toEqual(['1', '2']);
  });

  it('show a message again when its visibility timeout is over, and not before', async () => {
    const url = queues.create('short', { VisibilityTimeout: '1' });
    await send(url, 'a');
    await receive(url);
    const hiddenAtMs = performance.now();

    const again = await receive(url, 5);

    expect(again?.Body).toBe('a');
    expect(performance.now() - hiddenAtMs).toBeGreaterThan(900);
  });

  it('wake a long poll as soon as a message arrives', async () => {
    const url = queues.create('awaited');
    const waiting = receive(url, 20);
    const sentAtMs = performance.now();
    await send(url, 'a');

    expect((await waiting)?.Body).toBe('a');
    expect(performance.now() - sentAtMs).toBeLessThan(1_000);
  });

  it('move a message to the dead-letter queue on the receive after the last one allowed', async () => {
    const deadLetterUrl = queues.create('dead');
    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const url = queues.create('redriven', {
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
    });
    await send(url, 'poison');

    const delivered = [await receive(url), await receive(url), await receive(url)];

    expect(delivered.map((message) => message?.Body)).toEqual(['poison', 'poison', undefined]);
    expect(queues.queueService.contents('dead')).toMatchObject({ visible: 1 });
    expect((await receive(deadLetterUrl))?.Body).toBe('poison');
  });

  it('keep a delayed message back until its delay is over', async () => {
    const url = queues.create('delayed');
    const sentAtMs = performance.now();
    await send(url, 'bell', 1);

    const early = await receive(url);
    const due = await receive(url, 5);

    expect(early).toBeUndefined();
    expect(due?.Body).toBe('bell');
    expect(performance.now() - sentAtMs).toBeGreaterThan(900);
  });

  it('forget a message once it is deleted', async () => {
    const url = queues.create('deleted', { VisibilityTimeout: '0' });
    await send(url, 'a');
    const message = await receive(url);

    await queues.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));

    expect(await receive(url)).toBeUndefined();
  });

  it('tell since when a message is there to be taken, whatever somebody holds', async () => {
    const url = queues.create('taken');
    await send(url, 'a');
    await receive(url);
    const { oldestSentAtMs, oldestReadySentAtMs } = queues.queueService.contents('taken');

    expect(oldestSentAtMs).toBeDefined();
    expect(oldestReadySentAtMs).toBeUndefined();
  });

  it('tell what they hold, an expired receive as visible', async () => {
    const url = queues.create('inspected');
    await send(url, 'a');
    await send(url, 'b');
    await send(url, 'c', 60);
    const received = await receive(url);
    const held = queues.queueService.contents('inspected');
    await giveBack(url, received, 0);

    expect(held).toMatchObject({ visible: 1, delayed: 1, inFlight: 1 });
    expect(held.oldestSentAtMs).toBeLessThanOrEqual(Date.now());
    expect(held.oldestReadySentAtMs).toBeGreaterThanOrEqual(held.oldestSentAtMs ?? Infinity);
    expect(queues.queueService.contents('inspected')).toMatchObject({ visible: 2, inFlight: 0 });
  });
});
