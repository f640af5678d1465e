import { Logger } from '@aws-lambda-powertools/logger';
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { PowertoolsTelemetry } from '../../../lambdas/adapters/powertools-telemetry.js';
import { SfnTaskCallback } from '../../../lambdas/adapters/sfn-task-callback.js';
import { SqsTaskQueues } from '../../../lambdas/adapters/sqs-task-queues.js';
import { byPriority } from '../../../lambdas/core/contracts/priority.js';
import type { Exchange } from '../../../lambdas/core/outcomes/exchange.js';
import type { Ports } from '../../../lambdas/core/ports.js';
import { serveSlot } from '../../../lambdas/core/worker/serve-slot.js';
import { aConfig } from '../../support/a-config.js';
import { anInvocation, aSlotWorld, type SlotWorld } from '../../support/a-slot-world.js';
import { aTaskRequestBody, tokenOf } from '../../support/a-task-request.js';
import { anAwsError } from '../../support/an-aws-error.js';
import { captureLines } from '../../support/capture-lines.js';
import { answered } from '../../support/scripted-legacy-api.js';

const PAYLOAD = { payload: { secret: 'the-secret-payload', 'the-secret-name': 1 } };
const BODY = { body: '"the-secret-body"' };

/** Every kind of outcome. Each call has its own, and all but the first have nothing secret of their own making. */
const ENDS: readonly Exchange[] = [
  answered(200, BODY),
  answered(200, { body: '{"the-secret-body' }),
  answered(200, { body: JSON.stringify('the-secret-body'.repeat(30_000)) }),
  answered(302, BODY),
  answered(422, BODY),
  answered(500, BODY),
  answered(503, { ...BODY, retryAfter: '1' }),
  answered(429, { ...BODY, retryAfter: '1' }),
  { kind: 'tooLarge', status: 200, retryAfter: undefined },
  { kind: 'lost', reason: 'ECONNRESET' },
  { kind: 'notSent', reason: 'ECONNREFUSED' },
];

const SECRETS = /token-of-|the-secret/;

const captured = captureLines();
const sfn = mockClient(SFNClient);
const sqs = mockClient(SQSClient);

beforeEach(() => {
  sfn.reset();
  sqs.reset();
});

afterAll(() => {
  sfn.restore();
  sqs.restore();
});

/** A world with calls of both effects for every end, and with messages that are never called for. */
function aBusyWorld(): SlotWorld {
  const world = aSlotWorld();
  for (const operation of ['getOrder', 'bookOrder'] as const) {
    ENDS.forEach((exchange, index) => {
      world.legacyApi.script.push({ exchange });
      world.send({ callId: `${operation}-${index}`, operation, ...PAYLOAD });
    });
  }
  world.send({ callId: 'too-late', deadline: new Date(0).toISOString(), ...PAYLOAD });
  world.send({ callId: 'unknown', operation: 'dropOrder', ...PAYLOAD });
  world.send({ callId: 'closed', ...PAYLOAD }, { receiveCount: 1 });
  world.send({ callId: 'blind-repeat', operation: 'bookOrder', ...PAYLOAD }, { receiveCount: 1 });
  const malformed = { ...aTaskRequestBody(PAYLOAD), state: 7 };
  world.queues.send('HIGH', JSON.stringify(malformed));
  world.queues.send('HIGH', JSON.stringify(JSON.stringify(malformed)));
  world.queues.send('HIGH', JSON.stringify(tokenOf('nobody')));
  world.queues.send('HIGH', '{"taskToken":"token-of-nobody","payload":"the-secret');
  return world;
}

/** What a slot writes, in every word and figure, while it serves this world. */
async function writtenWhileServing(world: SlotWorld, ports: Partial<Ports> = {}): Promise<string> {
  const telemetry = new PowertoolsTelemetry(new Logger({ serviceName: 'erp', logLevel: 'DEBUG' }), 'erp');
  const config = aConfig({ slotBudgetMs: 180_000 });
  const invocation = anInvocation(config, world.clock);
  await world.clock.run(serveSlot({ ...world.ports, ...ports, telemetry }, config, invocation));
  return captured.lines.join('\n');
}

describe('what a slot writes', () => {
  it('never holds a token, a payload or a body, however its work ends', async () => {
    const world = aBusyWorld();
    world.callback.closed.add(tokenOf('closed')).add(tokenOf('getOrder-0'));
    world.callback.script.push({ kind: 'unavailable', reason: 'ThrottlingException' });

    const written = await writtenWhileServing(world);

    for (const kind of ['callEnded', 'abandoned', 'lateResult', 'deferred', 'malformed', 'callbackRetried'])
      expect(written).toContain(`"message": "${kind}"`);
    for (const outcome of ['succeeded', 'throttled', 'unavailable', 'outcomeUnknown', 'rejected'])
      expect(written).toContain(`"outcome": "${outcome}"`);
    expect(written).toContain('"outcome": "responseTooLarge"');
    expect(written).not.toMatch(SECRETS);
  });

  it('never holds them where Step Functions quotes what it was sent', async () => {
    sfn.on(SendTaskSuccessCommand).callsFake((input) => Promise.reject(quoting('InvalidOutput', input)));
    sfn.on(SendTaskFailureCommand).callsFake((input) => Promise.reject(quoting('KmsThrottling', input)));
    sfn.on(SendTaskHeartbeatCommand).callsFake((input) => Promise.reject(quoting('Unexpected', input)));

    const written = await writtenWhileServing(aBusyWorld(), {
      callback: new SfnTaskCallback(new SFNClient({})),
    });

    expect(written).toContain('InvalidOutput');
    expect(written).toContain('KmsThrottling');
    expect(written).not.toMatch(SECRETS);
  });

  it('never holds them where SQS quotes what it was sent', async () => {
    const world = aBusyWorld();
    sqs.onAnyCommand().callsFake((input) => Promise.reject(quoting('InvalidMessageContents', input)));
    const toSqs = new SqsTaskQueues(
      new SQSClient({}),
      byPriority(() => 'https://q'),
      'https://parked',
    );
    const queues = Object.create(world.queues, {
      park: { value: toSqs.park.bind(toSqs) },
      receive: { value: world.queues.receive.bind(world.queues) },
    }) as Ports['queues'];

    const written = await writtenWhileServing(world, { queues });

    expect(written).toContain('"message": "problem"');
    expect(written).toContain('InvalidMessageContents');
    expect(written).not.toMatch(SECRETS);
  });
});

function quoting(name: string, input: unknown): Error {
  return anAwsError(name, `cannot take ${JSON.stringify(input)}`);
}
