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

  it('says nothing of what the execution does not have', async () => {
    const world = aWorld({}, { input: '{"operation":"getOrder"}', output: undefined });

    await handleCallEvent(world.ports, silent, anEnd({ input: '{"operation":"getOrder"}' }));
    await handleCallEvent(world.ports, telling, anEnd({ output: null, error: null, cause: null }));

    const answer = { ...CALL, status: 'SUCCEEDED', operation: 'getOrder' };
    expect(world.published.map(([, told]) => told)).toStrictEqual([answer, answer]);
  });

  it.each([
    ['both are there', telling, {}, 0],
    ['there is no input', telling, { input: null }, 1],
    ['there is no result to be told', telling, { output: null }, 1],
    ['there is no result, which nobody is to be told', silent, { output: null }, 0],
    ['there is no input, and nobody is to be told a result', silent, { input: null }, 1],
    ['it failed, and so has no result', telling, { status: 'FAILED', output: null }, 0],
  ])('is asked for only what its event lacks: %s', async (_, config, more, expected) => {
    let asked = 0;
    const describe = () => {
      asked += 1;
      return Promise.resolve({ input: JSON.stringify(REQUEST), output: '{"number":7}' });
    };
    const world = aWorld({ describe });

    expect(await handleCallEvent(world.ports, config, anEnd(more))).toBe('finished');
    expect(asked).toBe(expected);
  });

  it('comes back where the bus does not take it', async () => {
    const world = aWorld({ publish: () => Promise.reject(new Error('InternalFailure')) });

    expect(await handleCallEvent(world.ports, silent, anEnd())).toBe('comesBack');
    expect(world.records).toEqual([{ kind: 'problem', reason: 'Error' }]);
  });

  it('leaves a trace, without what was requested', async () => {
    const world = aWorld();

    await handleCallEvent(world.ports, telling, anEnd());
    expect(world.records).toEqual([{ kind: 'answerPublished', callId: CALL.callId, status: 'SUCCEEDED' }]);
  });
});

describe('anything else', () => {
  it('comes back, until it is dead-lettered for people, with every fault of it', async () => {
    const world = aWorld();

    expect(await handleCallEvent(world.ports, silent, '{"detail-type":"Other"}')).toBe('comesBack');
    expect(await handleCallEvent(world.ports, silent, '{"detail-type":"LegacyCallRequested"}')).toBe(
      'comesBack',
    );
    expect(world.records).toEqual([
      { kind: 'problem', reason: expect.stringMatching(/^not one of our events: /) as string },
      { kind: 'problem', reason: expect.stringMatching(/: id: .*; detail: /) as string },
    ]);
  });

  it('comes back also where what is thrown is no error', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a library may
    const world = aWorld({ start: () => Promise.reject('secret') });

    expect(await handleCallEvent(world.ports, silent, aRequest())).toBe('comesBack');
    expect(world.records).toEqual([{ kind: 'problem', reason: 'unknown error' }]);
  });
});
