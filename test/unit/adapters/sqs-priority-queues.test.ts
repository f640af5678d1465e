import { createHash } from 'node:crypto';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { SqsPriorityQueues } from '../../../lambdas/adapters/sqs-priority-queues.js';
import { byPriority } from '../../../lambdas/core/contracts/priority.js';

const sqs = mockClient(SQSClient);
const queuesAt = (suffix: string) =>
  new SqsPriorityQueues(
    new SQSClient({}),
    byPriority((priority) => `https://q/${priority}${suffix}`),
  );

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function sent() {
  return sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input);
}

beforeEach(() => {
  sqs.reset();
  sqs.onAnyCommand().resolves({});
});

describe('SqsPriorityQueues', () => {
  it('sends to a standard queue what its messages may have, and no more', async () => {
    await queuesAt('').send('NORMAL', 'body', { orderingKey: 'customer-7' });

    expect(sent()).toEqual([{ QueueUrl: 'https://q/NORMAL', MessageBody: 'body' }]);
  });

  it('sends to a standard queue in the group of the tenant, as the state machine does', async () => {
    await queuesAt('').send('NORMAL', 'body', { tenant: 'customer-7' });

    expect(sent()).toMatchObject([
      { MessageGroupId: createHash('sha256').update('customer-7').digest('hex') },
    ]);
  });

  it('sends to a FIFO queue in the group of the ordering key, as the state machine does', async () => {
    const queues = queuesAt('.fifo');

    await queues.send('HIGH', 'body', { orderingKey: 'customer-7' });
    await queues.send('HIGH', 'body', { orderingKey: 'customer-7' });

    const [first, second] = sent();
    expect(first).toEqual({
      QueueUrl: 'https://q/HIGH.fifo',
      MessageBody: 'body',
      MessageGroupId: createHash('sha256').update('customer-7').digest('hex'),
      MessageDeduplicationId: expect.stringMatching(UUID) as string,
    });
    expect(second?.MessageGroupId).toBe(first?.MessageGroupId);
    expect(second?.MessageDeduplicationId).not.toBe(first?.MessageDeduplicationId);
  });

  it('sends what has no ordering key in a group of its own', async () => {
    const queues = queuesAt('.fifo');

    await queues.send('HIGH', 'body', {});
    await queues.send('HIGH', 'body', {});

    const groups = sent().map(({ MessageGroupId }) => MessageGroupId);
    expect(groups).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(new Set(groups).size).toBe(2);
  });

  it('does not quote the body where it cannot be sent, because it holds a token', async () => {
    sqs.onAnyCommand().rejects(new Error('the body was: secret'));

    await expect(queuesAt('').send('BATCH', 'secret', {})).rejects.toThrow(
      'no message can be sent to the BATCH queue: Error',
    );
  });
});
