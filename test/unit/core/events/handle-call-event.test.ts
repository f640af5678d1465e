import type { CallAnswer } from '../../../../lambdas/core/contracts/call-events.js';
import {
  type CallEventPorts,
  type CallEventRecord,
  type ExecutionData,
  handleCallEvent,
} from '../../../../lambdas/core/events/handle-call-event.js';
import { aConfig } from '../../../support/a-config.js';

const REQUEST = { operation: 'bookOrder', idempotencyKey: 'order-7', tenant: 'north', payload: { a: 1 } };
const CALL = { callId: 'event-e1', executionArn: 'arn:event-e1' };
const REQUESTED = { operation: 'bookOrder', idempotencyKey: 'order-7', tenant: 'north' };

function aRequest(detail: unknown = REQUEST): string {
  return JSON.stringify({ 'detail-type': 'LegacyCallRequested', id: 'e1', detail });
}

function anEnd(more: Readonly<Record<string, unknown>> = {}): string {
  const detail = {
    executionArn: CALL.executionArn,
    name: CALL.callId,
    status: 'SUCCEEDED',
    input: JSON.stringify(REQUEST),
    output: '{"number":7}',
    ...more,
  };
  return JSON.stringify({ 'detail-type': 'Step Functions Execution Status Change', detail });
}

interface World {
  readonly ports: CallEventPorts;
  readonly started: Map<string, string>;
  readonly published: (readonly [string, CallAnswer])[];
  readonly records: CallEventRecord[];
}

function aWorld(overrides: Partial<CallEventPorts> = {}, described?: ExecutionData): World {
  const started = new Map<string, string>();
  const published: (readonly [string, CallAnswer])[] = [];
  const records: CallEventRecord[] = [];
  const ports: CallEventPorts = {
    start: (name, input) => {
      const outcome = started.has(name) ? 'existed' : 'started';
      started.set(name, input);
      return Promise.resolve(outcome);
    },
    executionArn: (name) => `arn:${name}`,
    describe: () =>
      described === undefined ? Promise.reject(new Error('not asked')) : Promise.resolve(described),
    publish: (detailType, answer) => Promise.resolve(void published.push([detailType, answer])),
    record: (event) => void records.push(event),
    ...overrides,
  };
  return { ports, started, published, records };
}

const silent = aConfig({ events: {} });
const telling = aConfig({ events: { includeResult: true } });

describe('an event that requests a call', () => {
  it('starts an execution that is named after it, with its detail as the input', async () => {
    const world = aWorld();

    expect(await handleCallEvent(world.ports, silent, aRequest())).toBe('finished');
    expect([...world.started]).toEqual([['event-e1', JSON.stringify(REQUEST)]]);
    expect(world.published).toEqual([]);
  });

  it('starts nothing a second time when it is delivered again', async () => {
    const world = aWorld();

    await handleCallEvent(world.ports, silent, aRequest());
    expect(await handleCallEvent(world.ports, silent, aRequest())).toBe('finished');

    expect(world.records).toEqual([
      { kind: 'callStarted', callId: 'event-e1', outcome: 'started' },
      { kind: 'callStarted', callId: 'event-e1', outcome: 'existed' },
    ]);
  });

  it('is answered at once where its detail is too large to be an input', async () => {
    const world = aWorld();

    const large = { ...REQUEST, payload: 'x'.repeat(262_144) };
    expect(await handleCallEvent(world.ports, silent, aRequest(large))).toBe('finished');

    expect(world.started.size).toBe(0);
    expect(world.published).toEqual([
      [
        'LegacyCallFailed',
        {
          ...CALL,
          ...REQUESTED,
          status: 'FAILED',
          error: 'Orchestrator.InvalidRequest',
          cause: 'detail: expected at most 262144 bytes of JSON; no execution was started',
        },
      ],
    ]);
  });

  it('comes back where Step Functions cannot be reached, and the log quotes nothing of it', async () => {
    const refusal = Object.assign(new Error('order-7'), { name: 'ThrottlingException' });
    const world = aWorld({ start: () => Promise.reject(refusal) });

    expect(await handleCallEvent(world.ports, silent, aRequest())).toBe('comesBack');
    expect(world.records).toEqual([{ kind: 'problem', reason: 'ThrottlingException' }]);
  });
});

describe('the end of a call that an event requested', () => {
  it('is told with what was requested, without payload and result', async () => {
    const world = aWorld();

    expect(await handleCallEvent(world.ports, silent, anEnd())).toBe('finished');
    expect(world.published).toEqual([
      ['LegacyCallSucceeded', { ...CALL, ...REQUESTED, status: 'SUCCEEDED' }],
    ]);
  });

  it('is told with its result where the configuration says so', async () => {
    const world = aWorld();

    await handleCallEvent(world.ports, telling, anEnd());
    expect(world.published[0]?.[1].result).toEqual({ number: 7 });
  });

  it.each(['FAILED', 'TIMED_OUT', 'ABORTED'] as const)('is told with its reason when %s', async (status) => {
    const world = aWorld();

    const reason = { error: 'LegacyApi.Rejected', cause: '409' };
    await handleCallEvent(world.ports, telling, anEnd({ status, output: null, ...reason }));
    expect(world.published).toEqual([['LegacyCallFailed', { ...CALL, ...REQUESTED, status, ...reason }]]);
  });

  it('is asked for where it was too large for the event', async () => {
    const data = { input: JSON.stringify(REQUEST), output: '"large"' };
    const world = aWorld({}, data);

    const cut = { input: null, output: null, inputDetails: { included: false } };
    await handleCallEvent(world.ports, telling, anEnd(cut));
    expect(world.published[0]?.[1]).toMatchObject({ ...REQUESTED, result: 'large' });
  });

  it('comes back where the bus does not take it', async () => {
    const world = aWorld({ publish: () => Promise.reject(new Error('InternalFailure')) });

    expect(await handleCallEvent(world.ports, silent, anEnd())).toBe('comesBack');
  });
});

describe('anything else', () => {
  it('comes back, until it is dead-lettered for people', async () => {
    const world = aWorld();

    expect(await handleCallEvent(world.ports, silent, '{"detail-type":"Other"}')).toBe('comesBack');
    expect(world.records).toEqual([
      { kind: 'problem', reason: expect.stringMatching(/^not one of our events: /) as string },
    ]);
  });
});
