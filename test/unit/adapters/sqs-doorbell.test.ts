import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { SqsDoorbell } from '../../../lambdas/adapters/sqs-doorbell.js';
import { anAwsError } from '../../support/an-aws-error.js';

const sqs = mockClient(SQSClient);
const doorbell = new SqsDoorbell(new SQSClient({}), 'https://sqs.example/doorbell');

beforeEach(() => sqs.reset());

describe('SqsDoorbell', () => {
  it('sends a bell that says nothing but "look"', async () => {
    sqs.on(SendMessageCommand).resolves({});

    await doorbell.ring();

    expect(sqs.calls().map(({ args }) => args[0].input)).toEqual([
      { QueueUrl: 'https://sqs.example/doorbell', MessageBody: 'look', DelaySeconds: 0 },
    ]);
  });

  it.each([
    [0, 0],
    [1, 1],
    [1_000, 1],
    [1_001, 2],
    [899_001, 900],
    [900_000, 900],
  ])('rounds a delay of %i ms up to %i seconds', async (delayMs, DelaySeconds) => {
    sqs.on(SendMessageCommand).resolves({});

    await doorbell.ring(delayMs);

    expect(sqs.calls()[0]?.args[0].input).toMatchObject({ DelaySeconds });
  });

  it('throws when it cannot ring', async () => {
    sqs.on(SendMessageCommand).rejects(anAwsError('ServiceUnavailable'));

    await expect(doorbell.ring()).rejects.toThrow('said the service');
  });
});
