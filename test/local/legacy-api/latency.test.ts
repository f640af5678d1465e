import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { send } from './send.js';

async function tookMs(url: string): Promise<number> {
  const startMs = performance.now();
  await send(url);
  return performance.now() - startMs;
}

describe('startLegacyApi with a latency', () => {
  let api: LegacyApi;

  beforeAll(async () => {
    api = await startLegacyApi({ port: 0, limits: [], latency: { medianMs: 20, p99Ms: 20 }, seed: 1 });
  });

  afterAll(() => api.stop());

  it('never answers before it has passed, and takes a new one at once', async () => {
    const before = await Promise.all(Array.from({ length: 20 }, () => tookMs(api.url)));
    api.setLatency({ medianMs: 120, p99Ms: 120 });
    const after = await tookMs(api.url);

    expect(Math.min(...before)).toBeGreaterThanOrEqual(20);
    expect(after).toBeGreaterThanOrEqual(120);
  });
});
