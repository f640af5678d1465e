import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { send } from './send.js';

describe('startLegacyApi when an idempotency key is repeated', () => {
  let api: LegacyApi;

  beforeAll(async () => {
    api = await startLegacyApi({ port: 0, limits: [], latency: { medianMs: 50, p99Ms: 50 }, seed: 1 });
  });

  afterAll(() => api.stop());

  it('takes an empty key for none', async () => {
    const headers = { 'idempotency-key': '' };

    const [first, second] = [await send(api.url, { headers }), await send(api.url, { headers })];

    expect(second.body).not.toBe(first.body);
    expect(api.figures().repeatedKeys).toBe(0);
  });

  it('answers the first result again and counts the repeat, even while the first is in flight', async () => {
    const headers = { 'idempotency-key': 'order-1' };

    const answers = await Promise.all(
      [1, 2, 3].map((amount) => send(api.url, { headers, body: `{"amount":${amount}}` })),
    );

    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(api.figures().repeatedKeys).toBe(2);
    expect(
      new Set(
        api
          .calls()
          .slice(-3)
          .map(({ bodySha256 }) => bodySha256),
      ).size,
    ).toBe(3);
  });
});
