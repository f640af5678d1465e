import type { RequestListener } from 'node:http';
import tls from 'node:tls';
import { HttpTransport } from '../../../../lambdas/adapters/legacy/http-transport.js';
import type { ClientCertificate } from '../../../../lambdas/adapters/legacy/transport.js';
import { SystemClock } from '../../../../lambdas/adapters/system-clock.js';
import { aLegacyApiAt, aLegacyRequest } from '../../../support/a-legacy-call.js';
import {
  aMutualTlsServer,
  aTlsServer,
  type LoopbackServer,
  SELF_SIGNED,
} from '../../../support/loopback-server.js';

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

describe('a call with a client certificate', () => {
  const certificate = { cert: SELF_SIGNED, key: SELF_SIGNED, ca: SELF_SIGNED };
  let mutual: LoopbackServer;
  let seen: string[];

  beforeAll(async () => {
    mutual = await aMutualTlsServer((request, response) => {
      seen.push('authorized' in request.socket && request.socket.authorized === true ? 'known' : 'unknown');
      response.end('{}');
    });
  });

  afterAll(() => mutual.stop());

  beforeEach(() => {
    seen = [];
  });

  const transportAt = () =>
    new HttpTransport(new SystemClock(), {
      baseUrl: `https://127.0.0.1:${mutual.port}`,
      connectionIdleMaxMs: 4_000,
    });

  const send = (transport: HttpTransport, shown: ClientCertificate | undefined) =>
    transport.exchange(
      {
        ...{ url: new URL(`https://127.0.0.1:${mutual.port}/`), method: 'POST', body: undefined },
        ...{ headers: { 'content-length': '0' }, certificate: shown },
      },
      5_000,
    );

  it('shows it, and trusts whom it names', async () => {
    const { exchange } = await send(transportAt(), certificate);

    expect(exchange).toMatchObject({ kind: 'answered', status: 200 });
    expect(seen).toEqual(['known']);
  });

  it('keeps its connection while the certificate stays, and makes another one when it is rotated', async () => {
    const transport = transportAt();
    const before = mutual.connections();

    for (const shown of [certificate, certificate, { ...certificate }]) await send(transport, shown);

    expect(mutual.connections() - before).toBe(2);
  });

  it('is never answered without one', async () => {
    const { exchange } = await send(transportAt(), undefined);

    expect(exchange.kind).not.toBe('answered');
    expect(seen).toEqual([]);
  });
});
