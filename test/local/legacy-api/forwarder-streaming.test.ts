import { Agent } from 'node:http';
import { listenHttp, type HttpListener } from '../../../local/legacy-api/http-listener.js';
import type { JudgedApi } from '../../../local/legacy-api/judged-api.js';
import { startLegacyApiForwarder } from '../../../local/legacy-api/legacy-api-forwarder.js';
import { send } from './send.js';

describe('startLegacyApiForwarder', () => {
  const connections = new Set<unknown>();
  const seenHosts: (string | undefined)[] = [];
  let upstream: HttpListener;
  let forwarder: JudgedApi;

  beforeAll(async () => {
    upstream = await listenHttp(0, (call, response) => {
      connections.add(call.socket);
      seenHosts.push(call.headers.host);
      response.writeHead(207, { 'set-cookie': ['a=1', 'b=2'], 'x-method': call.method });
      call.pipe(response);
    });
    forwarder = await startLegacyApiForwarder({ upstreamUrl: upstream.url, limits: [] });
  });

  afterAll(async () => {
    await forwarder.stop();
    await upstream.stop();
  });

  it('streams bodies larger than any buffer both ways, chunked, also of a GET, on one upstream connection', async () => {
    const body = 'ä'.repeat(4_000_000);
    const headers = { 'transfer-encoding': 'chunked' };
    const agent = new Agent();

    const put = await send(`${forwarder.url}/big`, { method: 'PUT', body, headers, agent });
    const get = await send(`${forwarder.url}/big`, { method: 'GET', body: 'question', headers, agent });

    expect(put.body === body).toBe(true);
    expect(put).toMatchObject({ status: 207, headers: { 'set-cookie': ['a=1', 'b=2'], 'x-method': 'PUT' } });
    expect(get.body).toBe('question');
    expect(seenHosts).toEqual([new URL(upstream.url).host, new URL(upstream.url).host]);
    expect(connections.size).toBe(1);
  });
});
