import type { Socket } from 'node:net';
import fc from 'fast-check';
import { classify } from '../../../../lambdas/core/outcomes/classify.js';
import { aLegacyApiAt, aLegacyRequest, type CallableApi } from '../../../support/a-legacy-call.js';
import { anOperation } from '../../../support/a-config.js';
import { aTcpServer, type LoopbackServer } from '../../../support/loopback-server.js';
import { SEED } from '../../../support/seed.js';

// Goal: whatever a legacy API answers, a call ends in time, with a verdict, and leaves the next call unharmed.
// Method: answers of every status, with random headers, bodies and ends, cut into pieces, on one kept connection.
const TIMEOUT_MS = 100;

/** Far more than a busy machine is late. */
const LATE_MAX_MS = 2_000;

interface Answer {
  readonly bytes: Buffer;
  /** How long each piece of it is. */
  readonly pieceBytes: number;
  readonly end: 'keep' | 'close' | 'reset';
}

const header = fc.oneof(
  fc.tuple(
    fc.constantFrom('retry-after', 'Retry-After'),
    fc.oneof(fc.stringMatching(/^[ -~]{0,30}$/), fc.constantFrom('7', '-1', 'Thu, 31 Jan 2030 12:00:07 GMT')),
  ),
  fc.tuple(
    fc.constant('content-type'),
    fc.constantFrom('application/json', 'text/plain; charset=latin1', 'a/b; charset="', 'x/y; charset=utf-7'),
  ),
  fc.tuple(fc.constant('content-length'), fc.constantFrom('0', '3', '5000', '-1', 'x')),
  fc.tuple(fc.constant('transfer-encoding'), fc.constantFrom('chunked', 'gzip', 'gzip, chunked')),
  fc.tuple(fc.constant('connection'), fc.constantFrom('close', 'keep-alive', 'upgrade')),
  fc.tuple(fc.constant('location'), fc.constantFrom('/', 'http://127.0.0.1:1/')),
  fc.tuple(fc.stringMatching(/^[!-~]{1,20}$/), fc.stringMatching(/^[ -~\u0080-\u00ff]{0,30}$/)),
);

const body = fc.oneof(
  fc.json().map((json) => Buffer.from(json)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((json) => Buffer.from(`${Buffer.byteLength(json).toString(16)}\r\n${json}\r\n0\r\n\r\n`)),
);

const httpAnswer = fc
  .tuple(fc.integer({ min: 100, max: 599 }), fc.array(header, { maxLength: 5 }), body, fc.boolean())
  .map(([status, headers, bytes, honest]) => {
    const length = honest ? [['content-length', String(bytes.length)]] : [];
    const lines = [...headers, ...length].map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
  });

const answers: fc.Arbitrary<Answer> = fc.record({
  bytes: fc.oneof(
    { weight: 9, arbitrary: httpAnswer },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
  ),
  pieceBytes: fc.integer({ min: 20, max: 1_000 }),
  end: fc.constantFrom('keep', 'close', 'close', 'reset'),
});

const SOUND: Answer = {
  bytes: Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n"ok"'),
  pieceBytes: 1_000,
  end: 'keep',
};

let server: LoopbackServer;
let legacyApi: CallableApi;
let answer = SOUND;
let given = Promise.resolve();

beforeAll(async () => {
  server = await aTcpServer((socket) => {
    socket.on('data', () => {
      given = give(answer, socket);
    });
  });
  legacyApi = aLegacyApiAt(server.port);
});

afterAll(() => server.stop());

describe(`a call that is answered with anything (SEED=${SEED})`, () => {
  it('ends in time with a verdict for each effect', async () => {
    const seen = new Set<string>();

    await fc.assert(
      fc.asyncProperty(answers, async (drawn) => {
        answer = drawn;
        const startMs = performance.now();

        const { exchange } = await legacyApi.call(aLegacyRequest({ timeoutMs: TIMEOUT_MS }));

        expect(performance.now() - startMs).toBeLessThan(TIMEOUT_MS + LATE_MAX_MS);
        for (const effect of ['idempotent', 'once'] as const) {
          const outcome = classify(exchange, anOperation({ effect }), Date.now());
          seen.add(outcome.kind);
          expect(
            () => JSON.parse('outputJson' in outcome ? outcome.outputJson : '0') as unknown,
          ).not.toThrow();
        }
      }),
      { seed: SEED, numRuns: 300 },
    );

    expect([...seen]).toEqual(
      expect.arrayContaining(['succeeded', 'rejected', 'unavailable', 'outcomeUnknown']),
    );
  }, 60_000);

  it('leaves the next call its own answer', async () => {
    let own = 0;

    await fc.assert(
      fc.asyncProperty(answers, async (drawn) => {
        answer = drawn;
        await legacyApi.call(aLegacyRequest({ timeoutMs: TIMEOUT_MS }));
        await given;
        answer = SOUND;

        const { exchange } = await legacyApi.call(aLegacyRequest());

        // A connection may still be closed, or spoken on, while the next call is sent.
        const end = 'body' in exchange ? exchange.body : exchange.kind;
        expect(['"ok"', 'notSent', 'lost']).toContain(end);
        own += Number(end === '"ok"');
      }),
      { seed: SEED, numRuns: 100 },
    );

    expect(own).toBeGreaterThan(50);
  }, 60_000);
});

async function give({ bytes, pieceBytes, end }: Answer, socket: Socket): Promise<void> {
  for (let at = 0; at < bytes.length && socket.writable; at += pieceBytes) {
    socket.write(bytes.subarray(at, at + pieceBytes));
    await new Promise(setImmediate);
  }
  if (end === 'close') socket.end();
  if (end === 'reset') socket.resetAndDestroy();
}
