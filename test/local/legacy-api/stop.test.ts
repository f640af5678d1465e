import { Agent } from 'node:http';
import { startLegacyApi } from '../../../local/legacy-api/legacy-api.js';
import { eventually, send } from './send.js';

const latency = { medianMs: 60_000, p99Ms: 60_000 };

describe('stop', () => {
  it('cuts calls in flight and idle connections and keeps the figures', async () => {
    const agent = new Agent({ keepAlive: true });
    const limits = [{ calls: 1, windowMs: 60_000 }];
    const api = await startLegacyApi({ port: 0, limits, latency, seed: 1 });
    const inFlight = send(api.url).catch((error: unknown) => error);
    await eventually(() => api.figures().calls === 1);
    await send(api.url, { agent });

    await api.stop();
    await api.stop();

    expect(await inFlight).toMatchObject({ code: 'ECONNRESET' });
    await expect(send(api.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(api.figures()).toMatchObject({ calls: 2, responses429: 1 });
    agent.destroy();
  });

  it('frees the port for the next run, which is refused while it is taken', async () => {
    const first = await startLegacyApi({ port: 0, limits: [], latency, seed: 1 });
    const port = Number(new URL(first.url).port);
    const whileTaken = startLegacyApi({ port, limits: [], latency, seed: 1 });

    await expect(whileTaken).rejects.toThrow(`cannot listen on 127.0.0.1:${port}`);
    await first.stop();
    const second = await startLegacyApi({ port, limits: [], latency, seed: 1 });
    await second.stop();

    expect(second.url).toBe(first.url);
  });
});
