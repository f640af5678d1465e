import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { send, sendAndDie, sleepMs } from './send.js';

const LATENCY_MS = 400;

describe('startLegacyApi when a client is killed', () => {
  let api: LegacyApi;

  beforeAll(async () => {
    const latency = { medianMs: LATENCY_MS, p99Ms: LATENCY_MS };
    api = await startLegacyApi({ port: 0, limits: [], inFlightMax: 1, latency, seed: 1 });
  });

  afterAll(() => api.stop());

  it('keeps its call in flight until its latency ends, and books its effect', async () => {
    await sendAndDie(`${api.url}/orders`, 100, { 'idempotency-key': 'order-1' });
    const meanwhile = await send(api.url);
    await sleepMs(LATENCY_MS);
    const afterwards = await send(api.url);

    expect(meanwhile.status).toBe(429);
    expect(afterwards.status).toBe(200);
    expect(api.calls()[0]).toMatchObject({ method: 'GET', path: '/orders', idempotencyKey: 'order-1' });
  });
});
