import type { RequestListener } from 'node:http';
import tls from 'node:tls';
import { aLegacyApiAt, aLegacyRequest } from '../../../support/a-legacy-call.js';
import { aTlsServer, type LoopbackServer, SELF_SIGNED } from '../../../support/loopback-server.js';

let server: LoopbackServer;
let respond: RequestListener;
let calls: number;

beforeAll(async () => {
  server = await aTlsServer((request, response) => {
    calls += 1;
    respond(request, response);
  });
});

afterAll(() => server.stop());

beforeEach(() => {
  calls = 0;
  respond = (_request, response) => response.end('{"ok":true}');
});

const call = () =>
  aLegacyApiAt(server.port, { baseUrl: `https://127.0.0.1:${server.port}` }).call(aLegacyRequest());

describe('a call over TLS', () => {
  it('is not sent to a server whose certificate nobody vouches for', async () => {
    const { exchange, sentAtMs } = await call();

    expect(exchange).toEqual({
      kind: 'notSent',
      reason: expect.stringMatching(/^DEPTH_ZERO_SELF_SIGNED_CERT/) as string,
    });
    expect(sentAtMs).toBeUndefined();
    expect(calls).toBe(0);
  });

  describe('to a server that is trusted', () => {
    const { createSecureContext } = tls;

    // As NODE_EXTRA_CA_CERTS would do it, which is read when a process starts.
    beforeAll(() => (tls.createSecureContext = (more) => createSecureContext({ ...more, ca: SELF_SIGNED })));

    afterAll(() => (tls.createSecureContext = createSecureContext));

    it('brings back the answer', async () => {
      const { exchange, sentAtMs } = await call();

      expect(exchange).toMatchObject({ kind: 'answered', status: 200, body: '{"ok":true}' });
      expect(sentAtMs).toBeDefined();
    });

    it('is lost where the connection is reset after it was sent', async () => {
      respond = (request) => request.socket.destroy();

      const { exchange, sentAtMs } = await call();

      expect(exchange.kind).toBe('lost');
      expect(sentAtMs).toBeDefined();
    });
  });
});
