import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { SqsDeadLetterQueue, SqsParking } from '../../../lambdas/adapters/sqs-dead-letters.js';
import type { ParkedLetter } from '../../../lambdas/core/dead-letters/dead-letter.js';
import { aDeadLetter } from '../../support/a-dead-letter-world.js';
import { anAwsError } from '../../support/an-aws-error.js';
import { START_MS } from '../../support/virtual-clock.js';

const sqs = mockClient(SQSClient);
const queue = new SqsDeadLetterQueue(new SQSClient({}), 'https://q/dead-letters');
const parking = new SqsParking(new SQSClient({}), 'https://q/parked');

const LETTER: ParkedLetter = {
  body: '{}',
  task: 'failed',
  error: 'Orchestrator.DeadLettered',
  reason: 'given up',
  receiveCount: 21,
  enqueuedAtMs: START_MS,
  parkedAtMs: START_MS + 1_500,
};

beforeEach(() => {
  sqs.reset();
  sqs.onAnyCommand().resolves({});
});

describe('SqsDeadLetterQueue', () => {
  it.each([
    [2_000, 2],
    [2_001, 3],
  ])('lets a letter come back after %i ms, which SQS counts as %i seconds', async (delayMs, seconds) => {
    await queue.defer(aDeadLetter(), delayMs);

    expect(sqs.commandCalls(ChangeMessageVisibilityCommand).map(({ args }) => args[0].input)).toEqual([
      { QueueUrl: 'https://q/dead-letters', ReceiptHandle: 'receipt', VisibilityTimeout: seconds },
    ]);
  });

  it('throws when SQS does not take it', async () => {
    sqs.onAnyCommand().rejects(anAwsError('ServiceUnavailable'));

    await expect(queue.defer(aDeadLetter(), 1)).rejects.toThrow('said the service');
  });
});

describe('SqsParking', () => {
  const parked = () => sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input);
  const attributes = () =>
    Object.entries(parked()[0]?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ]);

  it('keeps the body as it was, with all that is known about it as attributes', async () => {
    await parking.park(LETTER);

    expect(parked()).toMatchObject([{ QueueUrl: 'https://q/parked', MessageBody: '{}' }]);
    expect(attributes()).toEqual([
      ['Reason', 'given up'],
      ['Error', 'Orchestrator.DeadLettered'],
      ['Task', 'failed'],
      ['ReceiveCount', '21'],
      ['EnqueuedAt', '2030-01-31T12:00:00.000Z'],
      ['ParkedAt', '2030-01-31T12:00:01.500Z'],
    ]);
  });

  it('leaves out what is unknown or empty, which SQS would refuse', async () => {
    await parking.park({ ...LETTER, error: undefined, reason: '' });

    expect(attributes().map(([name]) => name)).toEqual(['Task', 'ReceiveCount', 'EnqueuedAt', 'ParkedAt']);
  });

  it('writes no character that SQS would refuse, also where a reason is cut in the middle of one', async () => {
    await parking.park({ ...LETTER, reason: `\u0000${'x'.repeat(4_094)}\u{1F600}` });

    expect(attributes()[0]).toEqual(['Reason', `?${'x'.repeat(4_094)}?`]);
  });

  it('throws when SQS does not take it', async () => {
    sqs.onAnyCommand().rejects(anAwsError('ServiceUnavailable'));

    await expect(parking.park(LETTER)).rejects.toThrow('said the service');
  });
});
