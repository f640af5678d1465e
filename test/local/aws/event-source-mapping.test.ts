import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventSourceMapping,
  type EventSourceMappingOptions,
} from '../../../local/aws/event-source-mapping.js';
import type { InvokeResult } from '../../../local/aws/lambda/lambda-function.js';
import { eventually } from '../support/eventually.js';
import { type Queues, startQueues } from '../support/queues.js';

type Batch = readonly {
  readonly messageId: string;
  readonly body: string;
  readonly eventSourceARN: string;
}[];

describe('EventSourceMapping', () => {
  let queues: Queues;
  const mappings: EventSourceMapping[] = [];

  beforeAll(async () => {
    queues = await startQueues();
  });

  afterAll(async () => {
    await Promise.all(mappings.map((mapping) => mapping.stop()));
    await queues.stop();
  });

  /** Maps a queue with this many messages onto a function that answers as told. */
  async function aMapping(
    name: string,
    messages: number,
    answer: (batch: Batch, invocation: number) => Promise<InvokeResult>,
    more: Partial<EventSourceMappingOptions> = {},
  ) {
    const visibilityTimeoutSeconds = more.visibilityTimeoutSeconds ?? 30;
    const queueUrl = queues.create(name, { VisibilityTimeout: String(visibilityTimeoutSeconds) });
    const Entries = Array.from({ length: messages }, (_, index) => ({
      Id: String(index),
      MessageBody: String(index),
    }));
    await queues.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    const batches: Batch[] = [];
    const invoke = (event: unknown): Promise<InvokeResult> => {
      const { Records } = event as { readonly Records: Batch };
      batches.push(Records);
      return answer(Records, batches.length);
    };
    const mapping = new EventSourceMapping({
      sqs: queues.sqs,
      queueUrl,
      queueArn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
      visibilityTimeoutSeconds,
      batchSize: 10,
      maximumConcurrency: 2,
      reportBatchItemFailures: false,
      function: { invoke },
      ...more,
    });
    mappings.push(mapping);
    return { batches, mapping, contents: () => queues.queueService.contents(name) };
  }

  const returned = () => Promise.resolve({ kind: 'returned' } as const);
  const throttled = () => Promise.resolve({ kind: 'throttled' } as const);

  it('hands over at most a batch at a time and deletes what was taken', async () => {
    const { batches, contents } = await aMapping('batches', 7, returned, { batchSize: 3 });

    await eventually(() => contents().visible + contents().inFlight === 0);

    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(3);
    expect(new Set(batches.flat().map(({ body }) => body)).size).toBe(7);
    expect(batches[0]?.[0]?.eventSourceARN).toBe('arn:aws:sqs:us-east-1:000000000000:batches');
  });

  it('never has more batches in work than its maximum concurrency', async () => {
    let inWork = 0;
    let inWorkMax = 0;
    const work = async () => {
      inWork += 1;
      inWorkMax = Math.max(inWorkMax, inWork);
      await sleep(30);
      inWork -= 1;
      return { kind: 'returned' } as const;
    };

    const { contents } = await aMapping('concurrent', 8, work, { batchSize: 1, maximumConcurrency: 3 });
    await eventually(() => contents().visible + contents().inFlight === 0);

    expect(inWorkMax).toBe(3);
  });

  it('tries a throttled batch again without receiving it a second time', async () => {
    const { batches, contents } = await aMapping('throttled', 1, (_batch, invocation) =>
      invocation < 3 ? throttled() : returned(),
    );

    await eventually(() => contents().visible + contents().inFlight === 0);

    expect(batches).toHaveLength(3);
    expect(queues.received.filter(([queue]) => queue === 'throttled')).toEqual([['throttled', 1]]);
  });

  it('drops a batch that stays throttled until its visibility timeout, and gets it anew', async () => {
    await aMapping('dropped', 1, throttled, { visibilityTimeoutSeconds: 1, maximumConcurrency: 2 });

    await eventually(() => queues.received.filter(([queue]) => queue === 'dropped').length >= 2);

    expect(queues.queueService.contents('dropped')).toMatchObject({ visible: 0, inFlight: 1 });
  });

  it('leaves a batch whose function failed to its visibility timeout', async () => {
    const failed = () => Promise.resolve({ kind: 'failed', reason: 'no' } as const);

    const { batches, contents } = await aMapping('failed', 1, failed);
    await eventually(() => batches.length === 1);
    await sleep(50);

    expect(batches).toHaveLength(1);
    expect(contents()).toMatchObject({ visible: 0, inFlight: 1 });
  });

  it('leaves to their visibility timeout the messages that the function reports, and deletes the others', async () => {
    const reporting = (batch: Batch) => {
      const unfinished = batch.filter(({ body }) => body === '1');
      const batchItemFailures = unfinished.map(({ messageId }) => ({ itemIdentifier: messageId }));
      return Promise.resolve({ kind: 'returned', value: { batchItemFailures } } as const);
    };

    const { contents } = await aMapping('reported', 3, reporting, { reportBatchItemFailures: true });
    await eventually(() => contents().visible + contents().inFlight === 1);

    expect(contents()).toMatchObject({ visible: 0, inFlight: 1 });
  });

  it.each([
    ['nothing', undefined, 0],
    ['no failures', { batchItemFailures: [] }, 0],
    ['a failure of no message of the batch', { batchItemFailures: [{ itemIdentifier: 'stranger' }] }, 1],
  ])('of a function that reports %s leaves nothing or everything', async (reported, value, left) => {
    const answer = () => Promise.resolve({ kind: 'returned', value } as const);

    const name = `reports-${reported.replaceAll(' ', '-')}`;
    const { batches, contents } = await aMapping(name, 1, answer, { reportBatchItemFailures: true });
    await eventually(() => batches.length === 1);
    await sleep(50);

    expect(contents()).toMatchObject({ visible: 0, inFlight: left });
  });

  it('takes nothing more once it has stopped, also while it waits for a message', async () => {
    const { batches, mapping, contents } = await aMapping('stopped', 1, returned);
    await eventually(() => contents().visible + contents().inFlight === 0);

    const beganMs = performance.now();
    await mapping.stop();
    const tookMs = performance.now() - beganMs;
    await queues.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queues.gateway.queueUrl('stopped'),
        Entries: [{ Id: 'late', MessageBody: 'late' }],
      }),
    );
    await sleep(50);

    expect(tookMs).toBeLessThan(1_000);
    expect(batches).toHaveLength(1);
    expect(contents().visible).toBe(1);
  });
});
