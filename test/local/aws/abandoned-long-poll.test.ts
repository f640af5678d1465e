import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Queues, startQueues } from '../support/queues.js';

describe('a long poll whose client goes away', () => {
  let queues: Queues;

  beforeAll(async () => {
    queues = await startQueues();
  });

  afterAll(() => queues.stop());

  it('does not swallow the next message', async () => {
    const { sqs } = queues;
    const QueueUrl = queues.create('orders');
    const client = new AbortController();
    const abandoned = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
      abortSignal: client.signal,
    });
    await sleep(200);

    client.abort();
    await expect(abandoned).rejects.toThrow('aborted');
    await sleep(50);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));

    expect(Messages?.map(({ Body }) => Body)).toEqual(['hello']);
  });
});
