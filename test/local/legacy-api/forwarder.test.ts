import { startLegacyApiForwarder } from '../../../local/legacy-api/legacy-api-forwarder.js';
import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import type { JudgedApi } from '../../../local/legacy-api/judged-api.js';
import { send, statuses } from './send.js';

describe('startLegacyApiForwarder before a strict API', () => {
  const limits = [{ calls: 5, windowMs: 60_000 }];
  let upstream: LegacyApi;
  let forwarder: JudgedApi;

  beforeAll(async () => {
    upstream = await startLegacyApi({ port: 0, limits, latency: { medianMs: 30, p99Ms: 30 }, seed: 1 });
    forwarder = await startLegacyApiForwarder({ upstreamUrl: `${upstream.url}/v1/`, limits, inFlightMax: 5 });
  });

  afterAll(async () => {
    await forwarder.stop();
    await upstream.stop();
  });

  it('refuses nothing itself and keeps the same book as the API behind it', async () => {
    const order = (id: number) =>
      send(`${forwarder.url}/orders?id=${id}`, {
        body: `{"id":${id}}`,
        headers: { 'idempotency-key': `order-${id}` },
      });

    const answers = await Promise.all([1, 2, 3, 1, 2, 3].map(order));
    const { firstStartMs, lastStartMs, ...figures } = forwarder.figures();

    expect([...statuses(answers)].sort()).toEqual([200, 200, 200, 200, 200, 429]);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({
      path: '/v1/orders?id=1',
      received: { id: 1 },
    });
    expect(answers.find(({ status }) => status === 429)?.headers['retry-after']).toBe('60');
    expect(figures).toEqual({
      calls: 6,
      maxInFlight: 6,
      worstWindowCalls: 6,
      limitCalls: 5,
      limitWindowMs: 60_000,
      responses429: 1,
      repeatedKeys: 2,
    });
    expect(firstStartMs).toBeLessThanOrEqual(lastStartMs ?? 0);
    expect(upstream.figures()).toMatchObject(figures);
    expect(forwarder.calls().map(({ bodySha256 }) => bodySha256)).toEqual(
      expect.arrayContaining(upstream.calls().map(({ bodySha256 }) => bodySha256)),
    );
  });
});
