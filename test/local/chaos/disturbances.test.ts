import type { DeliveredMessage } from '../../../local/aws/forward-to-sqs.js';
import { Disturbances } from '../../../local/chaos/disturbances.js';
import { type Duplicate, duplicateOf } from '../../../local/chaos/draws.js';
import type { EmbeddedAws } from '../../../local/embedded-aws.js';
import { eventually } from '../support/eventually.js';
import { type Queues, startQueues } from '../support/queues.js';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';

const SEED = 1;

/** Whose first delivery is followed by a duplicate of this kind, or by none. */
function executionWith(duplicate: Duplicate | undefined): string {
  const names = Array.from({ length: 1_000 }, (_, index) => `execution-${index}`);
  return names.find((name) => duplicateOf(SEED, name, 1) === duplicate) ?? '';
}

describe('Disturbances', () => {
  let queues: Queues;
  let queueUrl: string;
  let disturbances: Disturbances;

  beforeAll(async () => {
    queues = await startQueues();
    queueUrl = queues.create('orders');
  });

  afterEach(() => disturbances.end());

  afterAll(() => queues.stop());

  function begin(kinds: ConstructorParameters<typeof Disturbances>[0]): void {
    disturbances = new Disturbances(kinds, SEED);
    const stack: Pick<EmbeddedAws, 'endpoint' | 'queues' | 'functions'> = {
      endpoint: queues.gateway.endpoint,
      queues: [
        {
          name: 'orders',
          arn: '',
          url: queueUrl,
          visibilityTimeoutSeconds: 30,
        },
      ],
      functions: [],
    };
    disturbances.begin(stack as EmbeddedAws);
  }

  /** Sends the message of this execution and receives it, as a worker would. */
  async function deliver(execution: string): Promise<DeliveredMessage> {
    const MessageBody = JSON.stringify({ callId: execution });
    await queues.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    return receive();
  }

  async function receive(): Promise<DeliveredMessage> {
    const { Messages = [] } = await queues.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        WaitTimeSeconds: 5,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    const [message] = Messages as (DeliveredMessage & { Attributes: { ApproximateReceiveCount: string } })[];
    if (message === undefined) throw new Error('no message came');
    disturbances.onDelivery('orders', [message]);
    return message;
  }

  it('sends a copy of a message that looks as if it were the first', async () => {
    begin(['duplicate']);
    const execution = executionWith('copy');

    const first = await deliver(execution);
    const copy = await receive();

    expect(copy.Body).toBe(first.Body);
    expect(copy.MessageId).not.toBe(first.MessageId);
    expect(copy).toMatchObject({ Attributes: { ApproximateReceiveCount: '1' } });
    expect(disturbances.hit).toEqual(new Set([execution]));
  });

  it('shows a message again while it is served', async () => {
    begin(['duplicate']);

    const first = await deliver(executionWith('shownAgain'));
    const again = await receive();

    expect(again.MessageId).toBe(first.MessageId);
    expect(again).toMatchObject({ Attributes: { ApproximateReceiveCount: '2' } });
  });

  it('leaves most messages alone, and bells always', async () => {
    begin(['duplicate']);
    const before = queues.queueService.contents('orders').visible;

    await deliver(executionWith(undefined));
    disturbances.onDelivery('orders', [{ MessageId: '1', ReceiptHandle: '1', Body: 'look' }]);

    await eventually(() => queues.queueService.contents('orders').visible === before);
    expect(disturbances.counts).toEqual({ kill: 0, duplicate: 0, stop: 0 });
    expect(disturbances.hit).toEqual(new Set());
  });
});
