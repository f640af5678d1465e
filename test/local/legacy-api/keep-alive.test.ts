import { Agent } from 'node:http';
import { startLegacyApi, type LegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { send } from './send.js';

describe('startLegacyApi on a connection that is kept alive', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let api: LegacyApi;

  beforeAll(async () => {
    const limits = [{ calls: 1, windowMs: 60_000 }];
    api = await startLegacyApi({ port: 0, limits, latency: { medianMs: 0, p99Ms: 0 }, seed: 1 });
  });

  afterAll(async () => {
    agent.destroy();
    await api.stop();
  });

  it('advertises how long it may idle, and keeps it open after a refusal that left a body unread', async () => {
    const body = JSON.stringify('x'.repeat(500_000));
    const connections = new Set();
    agent.on('free', (socket) => connections.add(socket));

    const admitted = await send(api.url, { agent, body });
    const refused = await send(api.url, { agent, body });
    await send(api.url, { agent });

    expect(admitted.headers['keep-alive']).toBe('timeout=5');
    expect(refused).toMatchObject({ status: 429, headers: { 'keep-alive': 'timeout=5' } });
    expect(connections.size).toBe(1);
  });
});
