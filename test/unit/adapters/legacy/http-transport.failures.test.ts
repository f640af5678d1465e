import type { Socket } from 'node:net';
import { aLegacyApiAt, aLegacyRequest } from '../../../support/a-legacy-call.js';
import { aClosedPort, aTcpServer, type LoopbackServer } from '../../../support/loopback-server.js';

/** Long enough to connect on a busy machine, and then to be told from an answer that never comes. */
const TIMEOUT_MS = 250;

const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\n';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

let server: LoopbackServer;
let onRequest: (socket: Socket) => void;

beforeAll(async () => {
  server = await aTcpServer((socket) => {
    socket.once('data', () => onRequest(socket));
  });
});

afterAll(() => server.stop());

const callAt = (port: number, timeoutMs = 5_000) => aLegacyApiAt(port).call(aLegacyRequest({ timeoutMs }));

describe('a call of which nothing was sent', () => {
  it('is one to a port on which nobody listens', async () => {
    const { exchange, sentAtMs } = await callAt(await aClosedPort());

    expect(exchange).toEqual({ kind: 'notSent', reason: expect.stringMatching(/^ECONNREFUSED/) as string });
    expect(sentAtMs).toBeUndefined();
  });

  it('is one to a name without an address', async () => {
    // A label of 64 characters is none that DNS can be asked for, so no network is needed.
    const legacyApi = aLegacyApiAt(server.port, { baseUrl: `https://${'x'.repeat(64)}.example` });

    const { exchange, sentAtMs } = await legacyApi.call(aLegacyRequest());

    expect(exchange).toEqual({ kind: 'notSent', reason: expect.stringMatching(/^ENOTFOUND/) as string });
    expect(sentAtMs).toBeUndefined();
  });

  it('is one to a server that does not speak TLS', async () => {
    onRequest = (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    const legacyApi = aLegacyApiAt(server.port, { baseUrl: `https://127.0.0.1:${server.port}` });

    const { exchange, sentAtMs } = await legacyApi.call(aLegacyRequest());

    expect(exchange.kind).toBe('notSent');
    expect(sentAtMs).toBeUndefined();
  });

  it('is one whose handshake takes longer than the call may', async () => {
    onRequest = () => undefined;
    const legacyApi = aLegacyApiAt(server.port, { baseUrl: `https://127.0.0.1:${server.port}` });

    const { exchange, sentAtMs } = await legacyApi.call(aLegacyRequest({ timeoutMs: 30 }));

    expect(exchange).toEqual({ kind: 'notSent', reason: 'no connection within 30 ms' });
    expect(sentAtMs).toBeUndefined();
  });
});

describe('a call that is lost', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['reset after it was sent', (socket) => socket.resetAndDestroy()],
    ['closed without an answer', (socket) => socket.end()],
    ['closed in favour of another protocol', (socket) => socket.write(`${SWITCHING}upgrade: h2c\r\n\r\n`)],
    ['answered with a head that never ends', (socket) => socket.write(`${HEAD}x: ${'x'.repeat(100_000)}`)],
    ['closed within the head', (socket) => socket.end('HTTP/1.1 20')],
    ['closed within the body', (socket) => socket.end(`${HEAD}content-length: 100\r\n\r\n{"ok":`)],
    ['reset within the body', (socket) => resetAfter(socket, `${HEAD}content-length: 100\r\n\r\n{"ok":`)],
    ['closed within a chunk', (socket) => socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n8\r\n{"ok":`)],
    [
      'closed before the last chunk',
      (socket) => socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`),
    ],
    ['answered by something that is not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH\r\n')],
  ])('is one whose connection is %s', async (_how, respond) => {
    onRequest = respond;

    const { exchange, sentAtMs } = await callAt(server.port);

    expect(exchange.kind).toBe('lost');
    expect(sentAtMs).toBeDefined();
  });

  it('is one that is not answered in time', async () => {
    onRequest = () => undefined;

    const { exchange, sentAtMs } = await callAt(server.port, TIMEOUT_MS);

    expect(exchange).toEqual({ kind: 'lost', reason: 'no answer within 250 ms' });
    expect(sentAtMs).toBeDefined();
  });

  it('is one whose answer begins in time but does not end in time', async () => {
    onRequest = (socket) => socket.write(`${HEAD}content-length: 100\r\n\r\n{"ok":`);

    const { exchange } = await callAt(server.port, TIMEOUT_MS);

    expect(exchange).toEqual({ kind: 'lost', reason: 'status 200, but no whole body within 250 ms' });
  });
});

/** Lets the bytes arrive before the connection is reset. */
function resetAfter(socket: Socket, text: string): void {
  socket.write(text, () => setImmediate(() => socket.resetAndDestroy()));
}
