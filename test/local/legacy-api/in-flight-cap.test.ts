import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { send, statuses } from './send.js';

describe('startLegacyApi with a cap on calls in flight', () => {
  let api: LegacyApi;

  beforeAll(async () => {
    const latency = { medianMs: 100, p99Ms: 100 };
    api = await startLegacyApi({ port: 0, limits: [], inFlightMax: 2, latency, seed: 1 });
  });

  afterAll(() => api.stop());

  it('answers 429 beyond the cap, and never to one who calls again on an answer', async () => {
    const burst = await Promise.all([send(api.url), send(api.url), send(api.url)]);
    const again = async () => [await send(api.url), await send(api.url), await send(api.url)];
    const chains = await Promise.all([again(), again()]);

    expect([...statuses(burst)].sort()).toEqual([200, 200, 429]);
    expect(burst.find(({ status }) => status === 429)?.headers['retry-after']).toBe('1');
    expect(statuses(chains.flat())).toEqual([200, 200, 200, 200, 200, 200]);
    expect(api.figures()).toMatchObject({
      calls: 9,
      maxInFlight: 3,
      worstWindowCalls: null,
      responses429: 1,
    });
  });
});
