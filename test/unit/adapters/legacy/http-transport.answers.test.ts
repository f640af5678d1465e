import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { BODY_MAX_BYTES } from '../../../../lambdas/adapters/legacy/http-body.js';
import { aLegacyApiAt, aLegacyRequest } from '../../../support/a-legacy-call.js';
import { anHttpServer, type LoopbackServer } from '../../../support/loopback-server.js';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: LoopbackServer;
let respond: (response: ServerResponse) => void;
let seen: Seen[];

beforeAll(async () => {
  server = await anHttpServer((request, response) => void remember(request).then(() => respond(response)));
});

afterAll(() => server.stop());

beforeEach(() => {
  seen = [];
  respond = (response) => response.end('{"ok":true}');
});

async function remember(request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method, url, headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
}

describe('a call that is answered', () => {
  it('brings back status, headers and body', async () => {
    respond = (response) =>
      response
        .writeHead(503, { 'retry-after': '7', 'content-type': 'application/problem+json' })
        .end('{"busy":true}');

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toEqual({
      kind: 'answered',
      status: 503,
      retryAfter: '7',
      contentType: 'application/problem+json',
      body: '{"busy":true}',
    });
  });

  it('brings back a body that came in pieces, each character whole', async () => {
    const bytes = Buffer.from('"Zoë"');
    respond = (response) => {
      response.write(bytes.subarray(0, 4));
      // Later, so that the pieces are read apart: what has arrived by then is read as one.
      setTimeout(() => response.end(bytes.subarray(4)), 30);
    };

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toMatchObject({ kind: 'answered', body: '"Zoë"' });
  });

  it.each([
    ['with a byte order mark', 'application/json', Buffer.from('\ufeff"Zoë"')],
    ['in the encoding that its type names', 'text/plain; charset=ISO-8859-1', Buffer.from('"Zoë"', 'latin1')],
    ['in UTF-8 where its type names an encoding that nobody knows', 'a/b; charset="x"', Buffer.from('"Zoë"')],
  ])('brings back the text of a body %s', async (_how, type, bytes) => {
    respond = (response) => response.writeHead(200, { 'content-type': type }).end(bytes);

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toMatchObject({ kind: 'answered', body: '"Zoë"' });
  });

  it.each([200, 204, 205, 304, 408, 425, 500])('with status %d may have no body', async (status) => {
    respond = (response) => response.writeHead(status, { connection: 'close' }).end();

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toMatchObject({ kind: 'answered', status, body: '' });
  });

  it.each([100, 102, 103])('with status %d is not the answer yet', async (status) => {
    respond = (response) => {
      response.socket?.write(`HTTP/1.1 ${status} Wait\r\n\r\n`);
      response.end('"done"');
    };

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toMatchObject({ kind: 'answered', status: 200, body: '"done"' });
  });

  it('says when it was sent', async () => {
    const beforeMs = Date.now();

    const { sentAtMs } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(sentAtMs).toBeGreaterThanOrEqual(beforeMs);
    expect(sentAtMs).toBeLessThanOrEqual(Date.now() + 2);
  });

  it('carried the payload, its key and its length', async () => {
    await aLegacyApiAt(server.port).call(aLegacyRequest({ method: 'PUT', path: '/orders' }, { name: 'Zoë' }));

    expect(seen).toMatchObject([
      {
        method: 'PUT',
        url: '/orders',
        body: '{"name":"Zoë"}',
        headers: {
          'idempotency-key': 'key-1',
          'content-type': 'application/json',
          'content-length': '15',
          accept: 'application/json',
        },
      },
    ]);
  });

  it('carried the payload of a GET in its query', async () => {
    await aLegacyApiAt(server.port).call(aLegacyRequest({ method: 'GET', path: '/orders' }, { id: 'a b' }));

    expect(seen).toMatchObject([{ method: 'GET', url: '/orders?id=a+b', body: '' }]);
    expect(seen[0]?.headers).not.toHaveProperty('content-length');
  });

  it('follows no redirect, because that would be a second call', async () => {
    respond = (response) => response.writeHead(302, { location: '/elsewhere' }).end();

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toMatchObject({ kind: 'answered', status: 302 });
    expect(seen).toHaveLength(1);
  });

  it('is read up to the largest body that we take', async () => {
    respond = (response) => response.end(Buffer.alloc(BODY_MAX_BYTES, 'x'));

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toMatchObject({ kind: 'answered', body: 'x'.repeat(BODY_MAX_BYTES) });
  });

  it('is too large one byte later', async () => {
    respond = (response) =>
      response.writeHead(429, { 'retry-after': '7' }).end(Buffer.alloc(BODY_MAX_BYTES + 1, 'x'));

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toEqual({ kind: 'tooLarge', status: 429, retryAfter: '7' });
  });

  it('is not read to its end when it is endless', async () => {
    respond = (response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    };

    const { exchange } = await aLegacyApiAt(server.port).call(aLegacyRequest());

    expect(exchange).toEqual({ kind: 'tooLarge', status: 200, retryAfter: undefined });
  });
});
