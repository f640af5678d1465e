import { setTimeout as sleep } from 'node:timers/promises';
import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { type Received, send } from './send.js';

describe('an API that is told to refuse', () => {
  let api: LegacyApi;
  let refused: Received;
  let after: Received;

  beforeAll(async () => {
    api = await startLegacyApi({ port: 0, limits: [], latency: { medianMs: 0, p99Ms: 0 }, seed: 1 });
    api.refuseFor(1_200);
    refused = await send(api.url, { body: '{}' });
    await sleep(1_200);
    after = await send(api.url, { body: '{}' });
  });

  afterAll(() => api.stop());

  it('answers 429, and says for how long', () => {
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('2');
    expect(api.figures().responses429).toBe(1);
  });

  it('executes nothing meanwhile, and everything afterwards', () => {
    expect(after.status).toBe(200);
    expect(api.calls()).toHaveLength(1);
  });
});
