// Goal: a service that speaks nothing but HTTP can start calls, follow, hurry and cancel them.
// Method: requests against the deployed template on this machine, with the real function, queues and worker.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import * as v from 'valibot';
import {
  acceptedCallSchema,
  batchAnswerSchema,
  callDetailsSchema,
  callPageSchema,
  callSummarySchema,
  expeditedCallSchema,
  problemSchema,
} from '../../../lambdas/core/contracts/intake-answers.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { rloJson } from '../support/rlo.js';
import { clientOf } from './client.js';

const TYPE = 'urn:problem-type:rate-limited-orchestrator:';

describe('the intake', () => {
  let stack: LocalStack;
  let ask: ReturnType<typeof clientOf>;

  beforeAll(async () => {
    stack = await startLocalStack();
    ask = clientOf(stack.intakeUrl ?? '');
  }, 60_000);

  afterAll(() => stack.stop());

  const aCall = (more: object = {}) => ({
    operation: 'createOrder',
    payload: { reference: 'order-1' },
    ...more,
  });

  async function ended(id: unknown) {
    for (;;) {
      const call = v.parse(callDetailsSchema, (await ask(`/calls/${String(id)}`)).body);
      if (call.status !== 'RUNNING') return call;
      await sleep(100);
    }
  }

  async function executions(): Promise<readonly string[]> {
    const { stateMachineArn } = stack;
    const { executions: all = [] } = await stack.sfn.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 1_000 }),
    );
    return all.map(({ name }) => name ?? '');
  }

  it('takes a call, says where it stands, and shows its result', async () => {
    const { status, headers, body } = await ask('/calls', { body: aCall({ priority: 'HIGH' }) });

    const accepted = v.parse(acceptedCallSchema, body);
    expect([status, headers.get('location')]).toEqual([202, `/calls/${accepted.id}`]);
    expect(accepted.estimate?.position).toBeGreaterThanOrEqual(1);
    expect(await ended(accepted.id)).toMatchObject({
      status: 'SUCCEEDED',
      phase: 'done',
      operation: 'createOrder',
      priority: 'HIGH',
      result: { received: { reference: 'order-1' } },
      estimate: null,
    });
  }, 30_000);

  it('refuses a call with every fault at once, as the state machine would', async () => {
    const { status, headers, body } = await ask('/calls', {
      body: { operation: 'dropOrder', priority: 'LOW', colour: 1 },
    });

    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(v.parse(problemSchema, body)).toMatchObject({
      type: `${TYPE}invalid-request`,
      faults: [
        'operation: expected one of createOrder, getOrder, chargeCard but got dropOrder',
        'priority: expected one of HIGH, NORMAL, BATCH but got LOW',
        'colour: unknown field; remove it or correct its name',
      ],
    });
  });

  it.each([
    ['no JSON', { body: '{"operation":' }, 400],
    ['no content type', { body: '{}', headers: { 'content-type': '' } }, 415],
    ['another content type', { body: 'operation=x', headers: { 'content-type': 'text/plain' } }, 415],
    ['too many bytes', { body: `{"payload":"${'x'.repeat(262_144)}"}` }, 413],
    [
      'too deep a payload',
      { body: `{"operation":"createOrder","payload":${'['.repeat(60_000)}${']'.repeat(60_000)}}` },
      400,
    ],
    ['a list', { body: '[]' }, 400],
    ['a passed deadline', { body: aCall({ deadline: '2020-01-01T00:00:00Z' }) }, 400],
    [
      'two different keys',
      { body: aCall({ idempotencyKey: 'a' }), headers: { 'idempotency-key': 'b' } },
      400,
    ],
    ['a key that is none', { body: aCall(), headers: { 'idempotency-key': 'two words' } }, 400],
  ])('refuses %s', async (_what, asked, expected) => {
    const { status, body } = await ask('/calls', { ...asked, method: 'POST' });

    expect(v.parse(problemSchema, body).status).toBe(expected);
    expect(status).toBe(expected);
  });

  it('starts one execution for one key, however many ask at once, and still knows it after its end', async () => {
    const headers = { 'idempotency-key': `order/${randomUUID()}` };
    const body = aCall({ tenant: 'north' });

    const answers = await Promise.all(Array.from({ length: 30 }, () => ask('/calls', { headers, body })));

    const ids = new Set(answers.map((answer) => answer.body['id']));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(ids.size).toBe(1);
    const [id = ''] = [...ids].map(String);
    expect((await executions()).filter((name) => name === id)).toEqual([id]);
    const { idempotencyKey } = await ended(id);
    expect(idempotencyKey).toBe(headers['idempotency-key']);
    const reordered = { tenant: 'north', payload: { reference: 'order-1' }, operation: 'createOrder' };
    expect((await ask('/calls', { headers, body: reordered })).body).toMatchObject({
      id,
      status: 'SUCCEEDED',
    });
    expect((await ask('/calls', { headers, body: aCall({ tenant: 'south' }) })).body).toMatchObject({
      type: `${TYPE}key-reused`,
      status: 422,
    });
  }, 30_000);

  it('takes a quoted key, and the key in the body, for the same', async () => {
    const key = randomUUID();

    const quoted = await ask('/calls', { headers: { 'idempotency-key': `"${key}"` }, body: aCall() });
    const inBody = await ask('/calls', { body: aCall({ idempotencyKey: key }) });

    expect(inBody.body['id']).toBe(quoted.body['id']);
  });

  it('takes or refuses each call of a batch for itself', async () => {
    const calls = [aCall(), { operation: 'chargeCard' }, aCall({ idempotencyKey: 'batch-1' }), 7];

    const { status, body } = await ask('/calls/batch', { body: { calls } });

    const { results } = v.parse(batchAnswerSchema, body);
    expect(status).toBe(200);
    expect(results.map((result) => result.status)).toEqual([202, 400, 202, 400]);
    expect(results[1]).toMatchObject({
      problem: { faults: [expect.stringMatching(/^idempotencyKey: missing; add a key/)] },
    });
  });

  it.each([
    [{ calls: [] }, 'calls: expected 1 to 100 calls but got 0'],
    [{ calls: Array.from({ length: 101 }, () => aCall()) }, 'calls: expected 1 to 100 calls but got 101'],
    [{}, 'calls: expected a list of calls'],
  ])('refuses a batch that is none', async (body, fault) => {
    expect((await ask('/calls/batch', { body })).body).toMatchObject({ status: 400, faults: [fault] });
  });

  it('lists calls page by page, of a status and of a priority', async () => {
    const { body } = await ask('/calls', { body: aCall({ priority: 'BATCH' }) });
    const newest = String(body['id']);

    const first = v.parse(callPageSchema, (await ask('/calls?limit=1')).body);
    const second = v.parse(
      callPageSchema,
      (await ask(`/calls?limit=1&cursor=${encodeURIComponent(first.cursor ?? '')}`)).body,
    );
    const batch = v.parse(callPageSchema, (await ask('/calls?priority=BATCH')).body);
    const failed = v.parse(callPageSchema, (await ask('/calls?status=FAILED')).body);

    expect(first.calls.map(({ id }) => id)).toEqual([newest]);
    expect(second.calls[0]?.id).not.toBe(newest);
    expect(batch.calls.map(({ id, priority }) => [id, priority])).toEqual([[newest, 'BATCH']]);
    expect(failed.calls).toEqual([]);
  });

  it('refuses a list that nobody has, with every fault', async () => {
    const { body } = await ask('/calls?priority=LOW&status=DONE&limit=0&page=2');

    expect(body).toMatchObject({
      status: 400,
      faults: [
        'priority: expected one of HIGH, NORMAL, BATCH but got LOW',
        expect.stringMatching(/^status: expected one of RUNNING, SUCCEEDED/),
        'limit: expected a whole number from 1 to 100 but got 0',
        'page: unknown parameter; remove it or correct its name',
      ],
    });
    expect((await ask('/calls?cursor=nonsense')).body).toMatchObject({ status: 400 });
  });

  it.each([
    ['GET', '/calls/nobody', 404],
    ['DELETE', '/calls/nobody', 404],
    ['GET', '/calls/%2e%2e%2f', 404],
    ['GET', '/elsewhere', 404],
    ['PUT', '/calls', 405],
    ['GET', '/calls/batch', 404],
  ])('answers %s %s with %i', async (method, path, expected) => {
    const { status, headers, body } = await ask(path, { method });

    expect(v.parse(problemSchema, body).status).toBe(expected);
    expect(status).toBe(expected);
    expect(headers.get('allow')).toBe(expected === 405 ? 'POST, GET' : null);
  });

  it('describes itself', async () => {
    const { status, body } = await ask('/openapi.json');

    expect([status, body['openapi']]).toEqual([200, '3.1.0']);
  });

  it('cancels a call once, also when asked again, and no call that has ended', async () => {
    const notBefore = new Date(Date.now() + 600_000).toISOString();
    const { body } = await ask('/calls', { body: aCall({ notBefore }) });
    const path = `/calls/${String(body['id'])}`;

    const cancelled = await ask(path, { method: 'DELETE' });
    const again = await ask(path, { method: 'DELETE' });
    const done = await ask('/calls', { body: aCall({ priority: 'HIGH' }) });
    await ended(done.body['id']);
    const tooLate = await ask(`/calls/${String(done.body['id'])}`, { method: 'DELETE' });

    expect(v.parse(callSummarySchema, cancelled.body).status).toBe('ABORTED');
    expect([cancelled.status, again.status, again.body['status']]).toEqual([200, 200, 'ABORTED']);
    expect(tooLate.body).toMatchObject({ status: 409, type: `${TYPE}call-ended` });
  }, 30_000);

  it('lets a call that waits behind a pause pass as HIGH, once it has waited long enough', async () => {
    await rloJson(stack.aws.endpoint, 'pause', 'BATCH');
    const { body } = await ask('/calls', { body: aCall({ priority: 'BATCH' }) });
    const path = `/calls/${String(body['id'])}`;
    const expedite = () => ask(path, { method: 'PATCH', body: { priority: 'HIGH' } });

    const waiting = await isQueued(path);
    const tooSoon = await expedite();
    await sleep(Number(tooSoon.headers.get('retry-after')) * 1_000);
    const { status, body: expedited } = await expedite();

    expect(waiting).toMatchObject({
      phase: 'queued',
      estimate: { startsAt: null, unknownBecause: 'paused' },
    });
    expect(tooSoon.body).toMatchObject({ status: 409, type: `${TYPE}not-expeditable` });
    expect([status, v.parse(expeditedCallSchema, expedited).servedAs]).toEqual([202, 'HIGH']);
    expect((await ended(body['id'])).status).toBe('SUCCEEDED');
    await rloJson(stack.aws.endpoint, 'resume');
  }, 60_000);

  it('does not expedite a call that does not wait, and changes nothing else', async () => {
    const notBefore = new Date(Date.now() + 600_000).toISOString();
    const later = await ask('/calls', { body: aCall({ notBefore }) });
    const path = `/calls/${String(later.body['id'])}`;

    const scheduled = await ask(path, { method: 'PATCH', body: { priority: 'HIGH' } });
    const refused = await ask(path, { method: 'PATCH', body: { priority: 'BATCH', tenant: 'x' } });
    const unknown = await ask('/calls/nobody', { method: 'PATCH', body: { priority: 'HIGH' } });

    expect([scheduled.status, scheduled.body['detail']]).toEqual([
      409,
      expect.stringMatching(/no call of it waits now$/),
    ]);
    expect([refused.status, refused.body['faults']]).toEqual([
      400,
      [
        'priority: expected HIGH; a call that waits can become the most urgent, and nothing else',
        'tenant: cannot be changed; remove it',
      ],
    ]);
    expect(unknown.status).toBe(404);
  });

  /** Its details once its message has reached the queue, as far as SQS tells. */
  async function isQueued(path: string) {
    for (;;) {
      const call = v.parse(callDetailsSchema, (await ask(path)).body);
      if (call.phase === 'queued') return call;
      await sleep(100);
    }
  }
});
