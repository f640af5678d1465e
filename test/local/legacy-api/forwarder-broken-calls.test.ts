import { Agent, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenHttp, type HttpListener } from '../../../local/legacy-api/http-listener.js';
import type { CallEvent } from '../../../local/legacy-api/call-book.js';
import type { JudgedApi } from '../../../local/legacy-api/judged-api.js';
import { startLegacyApiForwarder } from '../../../local/legacy-api/legacy-api-forwarder.js';
import { eventually, send, sendAndDie, sleepMs } from './send.js';

describe('startLegacyApiForwarder when calls break', () => {
  const events: CallEvent[] = [];
  let behave: (request: IncomingMessage, response: ServerResponse) => void;
  let upstream: HttpListener;
  let forwarder: JudgedApi;

  beforeAll(async () => {
    upstream = await listenHttp(0, (call, response) => behave(call, response));
  });

  beforeEach(async () => {
    events.length = 0;
    forwarder = await startLegacyApiForwarder({
      upstreamUrl: upstream.url,
      limits: [],
      onCall: (event) => events.push(event),
    });
  });

  afterEach(() => forwarder.stop());

  afterAll(() => upstream.stop());

  it("keeps a killed client's call in flight until the upstream has answered it", async () => {
    const answers: ServerResponse[] = [];
    behave = (_, response) => answers.push(response);
    await sendAndDie(forwarder.url, 100, { 'idempotency-key': 'order-1' });
    const second = send(forwarder.url);
    await eventually(() => answers.length === 2);
    const bookedBefore = events.length;

    answers.forEach((answer) => answer.end('x'.repeat(1_000_000)));
    await second;
    await eventually(() => events.length === 2);

    expect(bookedBefore).toBe(0);
    expect(forwarder.figures().maxInFlight).toBe(2);
    expect(events.map(({ kind }) => kind)).toEqual(['executed', 'executed']);
  });

  it('books a call whose connection the upstream resets, for it may have been executed', async () => {
    behave = (_, response) => response.destroy();

    await expect(send(forwarder.url, { body: '{}' })).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(events).toMatchObject([{ kind: 'executed', call: { method: 'POST' } }]);
  });

  it('books it just the same when the connection was reused', async () => {
    behave = (_, response) => response.end();
    await send(forwarder.url);
    behave = (_, response) => response.destroy();

    await expect(send(forwarder.url)).rejects.toThrow(/socket hang up|ECONNRESET/);

    expect(events.map(({ kind }) => kind)).toEqual(['executed', 'executed']);
  });

  it('ends a call once when the upstream refuses it half read and hangs up', async () => {
    let hungUp = false;
    behave = (call, response) => {
      call.once('data', () => call.pause());
      response.writeHead(413).end();
      setTimeout(() => {
        call.socket.destroy();
        hungUp = true;
      }, 50);
    };

    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answer = await send(forwarder.url, { body: 'x'.repeat(20_000_000), agent });
    await eventually(() => hungUp);
    await sleepMs(50);
    behave = (_, response) => response.end();
    await send(forwarder.url, { agent });
    agent.destroy();

    expect(answer.status).toBe(413);
    expect(events.map(({ kind }) => kind)).toEqual(['notExecuted', 'executed']);
    expect(forwarder.figures().maxInFlight).toBe(1);
  });

  it('breaks off upstream the calls in flight when it is stopped', async () => {
    let reached = false;
    let brokenOff = false;
    behave = (call) => {
      reached = true;
      call.socket.once('close', () => (brokenOff = true));
    };
    const answer = send(forwarder.url).catch((error: unknown) => error);
    await eventually(() => reached);

    await forwarder.stop();
    await eventually(() => brokenOff);

    expect(await answer).toMatchObject({ code: 'ECONNRESET' });
  });

  it("cuts the client's connection when the upstream breaks off within its answer", async () => {
    behave = (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    };

    await expect(send(forwarder.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(events.map(({ kind }) => kind)).toEqual(['executed']);
  });

  it('breaks off upstream a call that the client did not send whole', async () => {
    let cutOff = false;
    behave = (call) => call.once('error', () => (cutOff = true)).resume();
    const call = request(forwarder.url, { method: 'POST', headers: { 'content-length': 100 } });
    call.once('error', () => undefined);
    call.write('{"half":');
    await eventually(() => forwarder.figures().calls === 1);

    call.destroy();
    await eventually(() => cutOff && events.length === 1);

    expect(events.map(({ kind }) => kind)).toEqual(['notExecuted']);
  });
});
