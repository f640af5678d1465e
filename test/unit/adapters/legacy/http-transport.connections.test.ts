import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { aLegacyApiAt, aLegacyRequest } from '../../../support/a-legacy-call.js';
import { anHttpServer, type LoopbackServer } from '../../../support/loopback-server.js';

let server: LoopbackServer;
let respond: (response: ServerResponse) => void;
const wallTimeMs = Date.now;

beforeEach(async () => {
  respond = (response) => response.end('{}');
  server = await anHttpServer((request, response) => {
    request.resume().on('end', () => respond(response));
  });
});

afterEach(async () => {
  Date.now = wallTimeMs;
  await server.stop();
});

function later(ms: number): void {
  const nowMs = wallTimeMs() + ms;
  Date.now = () => nowMs;
}

describe('the connection of a slot', () => {
  it('is used again', async () => {
    const legacyApi = aLegacyApiAt(server.port);

    for (let index = 0; index < 3; index += 1) await legacyApi.call(aLegacyRequest());

    expect(server.connections()).toBe(1);
  });

  it('is made anew once it was idle for too long', async () => {
    const legacyApi = aLegacyApiAt(server.port, { connectionIdleMaxMs: 4_000 });

    await legacyApi.call(aLegacyRequest());
    later(4_500);
    await legacyApi.call(aLegacyRequest());

    expect(server.connections()).toBe(2);
  });

  it('is used again while it was idle for less', async () => {
    const legacyApi = aLegacyApiAt(server.port, { connectionIdleMaxMs: 4_000 });

    await legacyApi.call(aLegacyRequest());
    later(3_500);
    await legacyApi.call(aLegacyRequest());

    expect(server.connections()).toBe(1);
  });

  it('is never used twice where none may be idle', async () => {
    const legacyApi = aLegacyApiAt(server.port, { connectionIdleMaxMs: 0 });

    await legacyApi.call(aLegacyRequest());
    await legacyApi.call(aLegacyRequest());

    expect(server.connections()).toBe(2);
  });

  it('is made anew after a call that was given up', async () => {
    const legacyApi = aLegacyApiAt(server.port);
    await legacyApi.call(aLegacyRequest());
    respond = () => undefined;
    const { exchange } = await legacyApi.call(aLegacyRequest({ timeoutMs: 100 }));
    respond = (response) => response.end('{}');

    const next = await legacyApi.call(aLegacyRequest());

    expect(exchange.kind).toBe('lost');
    expect(next.exchange.kind).toBe('answered');
    expect(server.connections()).toBe(2);
  });

  it('is made anew after an answer that was too large', async () => {
    const legacyApi = aLegacyApiAt(server.port);
    respond = (response) => response.end(Buffer.alloc(2_000_000));
    await legacyApi.call(aLegacyRequest());
    respond = (response) => response.end('{}');

    const next = await legacyApi.call(aLegacyRequest());

    expect(next.exchange.kind).toBe('answered');
    expect(server.connections()).toBe(2);
  });

  it('that the legacy API has closed just before a call proves that nothing was sent', async () => {
    let idle: Socket | undefined;
    respond = (response) => {
      idle = response.socket ?? undefined;
      response.end('{}');
    };
    const legacyApi = aLegacyApiAt(server.port);
    await legacyApi.call(aLegacyRequest());
    idle?.destroy();
    // Once the close is on its way, and before the slot can have looked at its connection.
    await new Promise<void>((resolve) => void idle?.once('close', () => resolve()));

    const { exchange, sentAtMs } = await legacyApi.call(aLegacyRequest());

    expect(exchange.kind).toBe('notSent');
    expect(sentAtMs).toBeUndefined();
  });

  it('on which the legacy API speaks just before a call proves that nothing was sent', async () => {
    let calls = 0;
    let idle: Socket | undefined;
    respond = (response) => {
      calls += 1;
      idle = response.socket ?? undefined;
      response.end('{}');
    };
    const legacyApi = aLegacyApiAt(server.port);
    await legacyApi.call(aLegacyRequest());

    idle?.write('HTTP/1.1 408 Idle\r\ncontent-length: 0\r\n\r\n');
    const { exchange, sentAtMs } = await legacyApi.call(aLegacyRequest());

    expect(exchange.kind).toBe('notSent');
    expect(sentAtMs).toBeUndefined();
    expect(calls).toBe(1);
  });

  it('that the legacy API closes under a call is no reason to repeat the call', async () => {
    let calls = 0;
    const legacyApi = aLegacyApiAt(server.port);
    await legacyApi.call(aLegacyRequest());
    respond = (response) => {
      calls += 1;
      response.socket?.destroy();
    };

    const { exchange, sentAtMs } = await legacyApi.call(aLegacyRequest());

    expect(exchange.kind).toBe('lost');
    expect(sentAtMs).toBeDefined();
    expect(calls).toBe(1);
  });
});
