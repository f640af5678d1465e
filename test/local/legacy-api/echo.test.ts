import { createHash } from 'node:crypto';
import type { CallEvent } from '../../../local/legacy-api/call-book.js';
import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { send, statuses } from './send.js';

describe('startLegacyApi', () => {
  const events: CallEvent[] = [];
  let api: LegacyApi;

  beforeAll(async () => {
    const latency = { medianMs: 0, p99Ms: 0 };
    api = await startLegacyApi({
      port: 0,
      limits: [],
      latency,
      seed: 1,
      onCall: (event) => events.push(event),
    });
  });

  beforeEach(() => {
    events.length = 0;
  });

  afterAll(() => api.stop());

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('echoes a %s and books it', async (method) => {
    const body = '{"amount":3,"note":"ä"}';

    const answer = await send(`${api.url}/orders/7?dry=1`, {
      method,
      body,
      headers: { 'content-length': 24 },
    });

    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body)).toMatchObject({
      method,
      path: '/orders/7?dry=1',
      received: { amount: 3, note: 'ä' },
    });
    expect(events).toMatchObject([
      { kind: 'executed', call: { method, bodySha256: createHash('sha256').update(body).digest('hex') } },
    ]);
  });

  it('refuses a body that is not JSON or exceeds a mebibyte, without executing it', async () => {
    const booked = api.calls().length;

    const answers = [
      await send(api.url, { body: '{"amount":' }),
      await send(api.url, { body: JSON.stringify('x'.repeat(2 ** 20)) }),
    ];

    expect(statuses(answers)).toEqual([400, 413]);
    expect(events.map(({ kind }) => kind)).toEqual(['notExecuted', 'notExecuted']);
    expect(api.calls()).toHaveLength(booked);
  });
});
