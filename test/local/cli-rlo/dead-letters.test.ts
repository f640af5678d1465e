import { ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { LOCAL_REGION } from '../../../local/aws/account.js';
import { synthesize } from '../../../local/synthesize.js';
import { eventually } from '../support/eventually.js';
import { startExecution } from '../support/executions.js';
import { type OwnStack, startOwnStack } from '../support/own-stack.js';
import { rlo } from '../support/rlo.js';

const RECEIVES_MAX = 5;

/** The first receive is the worker's; the others are ours, and bring the message back at once. */
describe('a message that is received too often', () => {
  let stack: OwnStack;
  let sqs: SQSClient;
  let parked: Message | undefined;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 8_000, p99Ms: 8_000 } },
        ...{ limits: [], inFlightMax: 1 },
      },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          ...{ baseUrl, slots: 1, limits: [], maxDeferrals: 0, maxReceiveCount: RECEIVES_MAX },
          operations: { createOrder: { path: '/orders', effect: 'idempotent', timeoutMs: 15_000 } },
          serviceTimeMaxMs: 15_000,
        }),
    });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    sqs = new SQSClient({ endpoint: stack.aws.endpoint, region: LOCAL_REGION, credentials });
    const target = { sfn: stack.sfn, stateMachineArn: stack.output('StateMachineArn') };
    // The only slot is busy with the first call, so that the second one's message is ours alone.
    await startExecution(target, 'busy', { operation: 'createOrder', idempotencyKey: 'busy' });
    await eventually(() => stack.calls.length === 1, 15_000);
    await startExecution(target, 'unlucky', { operation: 'createOrder', idempotencyKey: 'unlucky' });
    await eventually(() => {
      void receive(stack.output('QueueUrlNormal'), 0);
      return contents('DeadLetterUrl') + contents('ParkedUrl') > 0;
    });
    await stack.ended('unlucky');
    await eventually(() => contents('ParkedUrl') === 1);
    parked = await receive(stack.output('ParkedUrl'), 0);
  }, 60_000);

  afterAll(async () => {
    sqs.destroy();
    await stack.stop();
  });

  function token(): string {
    return (JSON.parse(parked?.Body ?? '{}') as { readonly taskToken: string }).taskToken;
  }

  const deadLetters = (...args: readonly string[]) => rlo(stack.aws.endpoint, 'dead-letters', ...args);

  async function receive(queueUrl: string, hiddenSeconds: number): Promise<Message | undefined> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        VisibilityTimeout: hiddenSeconds,
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages[0];
  }

  function contents(urlOutput: string): number {
    const { visible, inFlight } = stack.aws.contents(stack.output(urlOutput).split('/').at(-1) ?? '');
    return visible + inFlight;
  }

  it('fails its task, and says how often it was received', async () => {
    const { status, error, cause } = await stack.ended('unlucky');

    expect([status, error]).toEqual(['FAILED', 'Orchestrator.DeadLettered']);
    expect(Number(/received (\d+) times/.exec(cause ?? '')?.[1])).toBeGreaterThan(RECEIVES_MAX);
  });

  it('rests for people, with the reason', () => {
    const { Error: error, Task: task } = parked?.MessageAttributes ?? {};

    expect(JSON.parse(parked?.Body ?? '{}')).toMatchObject({ callId: 'unlucky', idempotencyKey: 'unlucky' });
    expect([error?.StringValue, task?.StringValue]).toEqual(['Orchestrator.DeadLettered', 'failed']);
  });

  it('leaves the dead-letter queue empty, and was never called for', async () => {
    await eventually(() => contents('DeadLetterUrl') === 0);

    expect(stack.calls.map(({ call }) => call.idempotencyKey)).toEqual(['busy']);
  });

  it('is listed by the command line, without its token', async () => {
    const { code, output } = await deadLetters('list', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject([
      { id: parked?.MessageId, error: 'Orchestrator.DeadLettered', request: { callId: 'unlucky' } },
    ]);
    expect(output).not.toContain(token());
  }, 20_000);

  it('is shown with its payload and the reason, without its token', async () => {
    const { code, output } = await deadLetters('show', parked?.MessageId ?? '');

    expect(code).toBe(0);
    expect(output).toMatch(/error +Orchestrator\.DeadLettered/);
    expect(output).toContain('"idempotencyKey": "unlucky"');
    expect(output).not.toContain(token());
  }, 20_000);

  it('is made again by a redrive, in an execution of its own under the same key, and is parked no more', async () => {
    stack.legacyApi.setLatency({ medianMs: 50, p99Ms: 50 });

    const { code, output } = await deadLetters('redrive', parked?.MessageId ?? '');

    const name = /redrive-[0-9a-f]{64}/.exec(output)?.[0] ?? output;
    expect((await stack.ended(name)).status).toBe('SUCCEEDED');
    expect(stack.calls.map(({ call }) => call.idempotencyKey)).toContain('unlucky');
    expect([code, contents('ParkedUrl')]).toEqual([0, 0]);
  }, 30_000);

  it('goes on where it failed when its own execution is redriven, under the same key', async () => {
    const before = stack.calls.length;

    const { code, output } = await rlo(stack.aws.endpoint, 'redrive', 'unlucky');

    expect([code, output.trim()]).toEqual([0, 'unlucky  goes on where it failed']);
    expect(await stack.ended('unlucky', 1)).toMatchObject({ status: 'SUCCEEDED' });
    expect(stack.calls.slice(before).map(({ call }) => call.idempotencyKey)).toEqual(['unlucky']);
  }, 30_000);

  it('fails a command that names a message which is not parked', async () => {
    const discarded = await deadLetters('discard', 'nobody');
    const shown = await deadLetters('show', 'nobody');

    expect([discarded.code, shown.code]).toEqual([1, 1]);
    expect(discarded.output).toContain('no such message is parked');
    expect(shown.errors).toMatch(/^error: no message nobody is parked/);
  }, 20_000);

  it('is never touched by a command that does not say which', async () => {
    const { code, errors } = await deadLetters('discard', '--json');

    expect([code, JSON.parse(errors)]).toEqual([
      2,
      { error: 'name the messages by their ids, or take --all of them', exitCode: 2 },
    ]);
  }, 20_000);
});
