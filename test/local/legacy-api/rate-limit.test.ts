import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { send, sleepMs, statuses } from './send.js';

describe('startLegacyApi with a rate limit', () => {
  let api: LegacyApi;

  beforeAll(async () => {
    const limits = [{ calls: 3, windowMs: 1_500 }];
    api = await startLegacyApi({ port: 0, limits, latency: { medianMs: 0, p99Ms: 0 }, seed: 1 });
  });

  afterAll(() => api.stop());

  it('answers 429 beyond the limit and admits again after Retry-After', async () => {
    const burst = await Promise.all(Array.from({ length: 5 }, () => send(api.url)));
    const refused = burst.find(({ status }) => status === 429);
    await sleepMs(Number(refused?.headers['retry-after']) * 1_000);
    const afterwards = await send(api.url);

    expect([...statuses(burst)].sort()).toEqual([200, 200, 200, 429, 429]);
    expect(refused?.headers['retry-after']).toBe('2');
    expect(JSON.parse(refused?.body ?? '')).toEqual({
      error: 'TooManyRequests',
      message: 'more than 3 calls in 1500 ms',
    });
    expect(afterwards.status).toBe(200);
    expect(api.figures()).toMatchObject({ calls: 6, worstWindowCalls: 5, limitCalls: 3, responses429: 2 });
  });
});
