import { parseTaskRequest } from '../../../../lambdas/core/contracts/task-request.js';
import { aTaskRequestBody } from '../../../support/a-task-request.js';
import { START_MS } from '../../../support/virtual-clock.js';

const parse = (value: unknown) => parseTaskRequest(JSON.stringify(value));

const without = (field: string) =>
  Object.fromEntries(Object.entries(aTaskRequestBody()).filter(([name]) => name !== field));

describe('parseTaskRequest', () => {
  it('reads a request, with its instants in epoch milliseconds', () => {
    const deadline = new Date(START_MS + 60_000).toISOString();

    const parsed = parse(aTaskRequestBody({ deadline, tenant: 'north' }));

    expect(parsed).toMatchObject({
      kind: 'request',
      request: { callId: 'call-1', enqueuedAt: START_MS, deadline: START_MS + 60_000, tenant: 'north' },
    });
  });

  it('counts a request as the first attempt unless it says otherwise', () => {
    expect(parse(aTaskRequestBody())).toMatchObject({ request: { attempt: 0 } });
    expect(parse(aTaskRequestBody({ attempt: 2 }))).toMatchObject({ request: { attempt: 2 } });
  });

  it.each([null, 0, '', [], { deep: { er: [1] } }])('takes the payload %j as it is', (payload) => {
    expect(parse(aTaskRequestBody({ payload }))).toMatchObject({ request: { payload } });
  });

  it.each(Object.keys(aTaskRequestBody()))('refuses a request without %s', (field) => {
    expect(parse(without(field))).toMatchObject({ kind: 'malformed', faults: [`${field}: missing; add it`] });
  });

  it.each([
    ['schemaVersion', 2],
    ['taskToken', ''],
    ['taskToken', 'x'.repeat(2_049)],
    ['callId', ''],
    ['idempotencyKey', ''],
    ['idempotencyKey', 'two words'],
    ['idempotencyKey', 'line\r\nbreak'],
    ['idempotencyKey', 'schlüssel'],
    ['operation', 7],
    ['priority', 'URGENT'],
    ['priority', 'high'],
    ['attempt', -1],
    ['attempt', 1.5],
    ['tenant', ''],
    ['enqueuedAt', 'yesterday'],
    ['enqueuedAt', START_MS],
    ['enqueuedAt', '5'],
    ['enqueuedAt', '2030-01-31'],
    ['deadline', '2030-01-31T12:00:00'],
    ['deadline', '2030-02-31T25:00:00Z'],
    ['execution', ''],
    ['state', null],
  ])('refuses %s %j', (field, value) => {
    const parsed = parse({ ...aTaskRequestBody(), [field]: value });

    const faults = parsed.kind === 'malformed' ? parsed.faults : [];
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${field}: expected `))]);
  });

  it.each(['2030-01-31T12:00:00Z', '2030-01-31T12:00:00.123Z', '2030-01-31T14:00:00+02:00'])(
    'takes %s for an instant',
    (deadline) => {
      expect(parse(aTaskRequestBody({ deadline }))).toMatchObject({
        request: { deadline: Date.parse(deadline) },
      });
    },
  );

  it('refuses a request with every fault at once', () => {
    const parsed = parse({ ...without('callId'), schemaVersion: 3, priority: 'URGENT', state: '' });

    expect(parsed).toMatchObject({
      faults: [
        'schemaVersion: expected 1 but got 3',
        'callId: missing; add it',
        'priority: expected one of HIGH, NORMAL, BATCH but got "URGENT"',
        'state: expected a text that is not empty but got 0',
      ],
    });
  });

  it.each(['', 'hello', '{"taskToken":', 'undefined'])('refuses the body %j, which is not JSON', (body) => {
    expect(parseTaskRequest(body)).toEqual({
      kind: 'malformed',
      faults: ['value: expected JSON'],
      taskToken: undefined,
    });
  });

  it.each(['null', '7', '[]', '"text"'])('refuses the body %s, which is not an object', (body) => {
    expect(parseTaskRequest(body)).toMatchObject({ kind: 'malformed', taskToken: undefined });
  });

  it('reads the token of a malformed request, so that its task can be failed', () => {
    expect(parse({ taskToken: 'the-token' })).toMatchObject({ kind: 'malformed', taskToken: 'the-token' });
  });

  it.each([undefined, 7, '', 'x'.repeat(2_049)])('reads no token from the value %j', (taskToken) => {
    expect(parse({ ...aTaskRequestBody(), taskToken })).toMatchObject({ taskToken: undefined });
  });
});
