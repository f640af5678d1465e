import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { send, statuses } from './send.js';

describe('startLegacyApi when its limits change', () => {
  let api: LegacyApi;

  beforeAll(async () => {
    const limits = [{ calls: 100, windowMs: 60_000 }];
    api = await startLegacyApi({ port: 0, limits, latency: { medianMs: 0, p99Ms: 0 }, seed: 1 });
  });

  afterAll(() => api.stop());

  it('judges the next call by the new limits, with the calls before it in the window', async () => {
    await send(api.url);
    api.setLimits({ limits: [{ calls: 2, windowMs: 60_000 }] });

    expect(statuses([await send(api.url), await send(api.url)])).toEqual([200, 429]);
  });
});
