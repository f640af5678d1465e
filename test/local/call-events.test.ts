import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { RateLimitedOrchestrator } from '../../infra/rate-limited-orchestrator.js';
import { LOCAL_REGION } from '../../local/aws/account.js';
import { type Synthesized, synthesizeStack } from '../../local/synthesize.js';
import { aConfigInput } from '../support/a-config.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

const BUS = 'orders';

/** A team's stack that listens to the answers. */
function synthesizeListener(directory: string, baseUrl: string): Synthesized {
  return synthesizeStack(directory, 'Team', (app) => {
    const stack = new Stack(app, 'Team');
    const { events } = new RateLimitedOrchestrator(stack, 'LegacyApi', {
      config: aConfigInput({
        ...{ baseUrl, limits: [{ calls: 20, windowMs: 1_000 }], slots: 2 },
        events: { busName: BUS, includeResult: true },
      }),
    });
    if (events === undefined) throw new Error('the configuration asks for events');
    const answers = new Queue(stack, 'Answers');
    new Rule(stack, 'Listener', {
      eventBus: events.bus,
      eventPattern: events.answers,
      targets: [new SqsQueue(answers)],
    });
    new CfnOutput(stack, 'AnswersUrl', { value: answers.queueUrl });
    new CfnOutput(stack, 'RequestsUrl', { value: events.queue.queueUrl });
  });
}

interface Answer {
  readonly 'detail-type': string;
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

describe('a call that an event requests', () => {
  const client = { region: LOCAL_REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  let stack: OwnStack;
  let events: EventBridgeClient;
  let sqs: SQSClient;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 20, p99Ms: 20 } },
        ...{ limits: [{ calls: 20, windowMs: 1_000 }], inFlightMax: 2 },
      },
      synthesize: synthesizeListener,
    });
    events = new EventBridgeClient({ ...client, endpoint: stack.aws.endpoint });
    sqs = new SQSClient({ ...client, endpoint: stack.aws.endpoint });
  }, 60_000);

  afterAll(async () => {
    events.destroy();
    sqs.destroy();
    await stack.stop();
  });

  async function put(detail: unknown, source = 'rate-limited-orchestrator.erp', bus = BUS) {
    const entry = {
      EventBusName: bus,
      Source: source,
      DetailType: 'LegacyCallRequested',
      Detail: JSON.stringify(detail),
    };
    const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
    return Entries[0] ?? {};
  }

  async function nextAnswer(): Promise<Answer> {
    const QueueUrl = stack.output('AnswersUrl');
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    const [{ Body, ReceiptHandle } = {}] = Messages;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return JSON.parse(Body ?? 'null') as Answer;
  }

  it('is made, and answered by an event with what was requested and its result', async () => {
    const { EventId } = await put({
      ...{ operation: 'bookOrder', idempotencyKey: 'booking-1', tenant: 'north', payload: { seats: 2 } },
    });

    const answer = await nextAnswer();
    expect(answer).toMatchObject({
      source: 'rate-limited-orchestrator.erp',
      'detail-type': 'LegacyCallSucceeded',
      detail: {
        callId: `event-${EventId}`,
        ...{ status: 'SUCCEEDED', operation: 'bookOrder', idempotencyKey: 'booking-1', tenant: 'north' },
      },
    });
    const executionArn = String(answer.detail['executionArn']);
    const { output } = await stack.sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(answer.detail['result']).toEqual(JSON.parse(output ?? ''));
  }, 20_000);

  it('is answered with every fault where it cannot be served', async () => {
    await put({ operation: 'unknown', tenant: 7 });

    const { 'detail-type': type, detail } = await nextAnswer();
    expect([type, detail['error']]).toEqual(['LegacyCallFailed', 'Orchestrator.InvalidRequest']);
    expect(String(detail['cause']).split('\n')).toHaveLength(2);
  }, 20_000);

  it('is made once however often its event is delivered', async () => {
    const event = {
      ...{ version: '0', id: 'delivered-twice', 'detail-type': 'LegacyCallRequested' },
      detail: { operation: 'getOrder', idempotencyKey: 'order-2' },
    };
    const message = { QueueUrl: stack.output('RequestsUrl'), MessageBody: JSON.stringify(event) };
    await sqs.send(new SendMessageCommand(message));
    await nextAnswer();

    await sqs.send(new SendMessageCommand(message));
    await put({ operation: 'getOrder', idempotencyKey: 'order-3' });
    await nextAnswer();

    const made = stack.calls.map(({ call }) => call.idempotencyKey);
    expect(made.filter((key) => key === 'order-2')).toHaveLength(1);
    expect(made).toContain('order-3');
  }, 30_000);

  it('is not made for an event of another source, or on a bus that does not exist', async () => {
    const before = stack.calls.length;

    await put({ operation: 'getOrder' }, 'somebody.else');
    const refused = await put({ operation: 'getOrder' }, 'rate-limited-orchestrator.erp', 'nowhere');
    await put({ operation: 'getOrder', idempotencyKey: 'last' });
    await nextAnswer();

    expect(refused.ErrorCode).toBe('ResourceNotFoundException');
    expect(stack.calls.slice(before).map(({ call }) => call.idempotencyKey)).toEqual(['last']);
  }, 20_000);
});
