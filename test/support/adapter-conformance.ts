/* eslint-disable jest/no-export -- It declares the tests of whoever imports it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import type { LegacyAdapter } from '../../lambdas/adapters/legacy/adapter.js';
import { BODY_MAX_BYTES } from '../../lambdas/adapters/legacy/http-body.js';
import type { OperationConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { classify } from '../../lambdas/core/outcomes/classify.js';
import type { Exchange } from '../../lambdas/core/outcomes/exchange.js';
import type { LegacyOutcome } from '../../lambdas/core/outcomes/legacy-outcome.js';
import { anOperation } from './a-config.js';
import { aLegacyApiAt, type CallableApi } from './a-legacy-call.js';
import { recordedCall } from './a-recording-transport.js';
import { aClosedPort, anHttpServer, type LoopbackServer } from './loopback-server.js';
import { answered } from './scripted-legacy-api.js';
import { SEED } from './seed.js';

/** One call that works: what is asked for, what the legacy API answers with status 200, and the result. */
export interface Sample {
  readonly operation?: Partial<OperationConfig>;
  readonly payload: unknown;
  readonly answer: string;
  readonly result: unknown;
}

const TIMEOUT_MS = 300;

/** Of a busy machine, before a call counts as one that ignored its timeout. */
const LATE_MAX_MS = 3_000;

/** Occurs in no text by chance. */
const MARK = 'the-secret-7f3a';

const STATUSES = [200, 201, 204, 302, 400, 401, 404, 408, 409, 429, 500, 502, 503];

const answers = fc.tuple(
  fc.constantFrom(...STATUSES),
  fc.oneof(fc.string(), fc.json(), fc.constantFrom('', '<html>', `{"a":"${MARK}"}`)),
);

/**
 * What every adapter must keep, whatever it translates: declares the tests. Over a real connection, because that is
 * where the promises about a call are kept.
 */
export function conformance(name: string, adapter: LegacyAdapter, sample: Sample): void {
  const parts = { custom: { [name]: adapter } };
  const operation = { ...sample.operation, adapter: name };
  const made = (payload: unknown, answer?: Exchange) =>
    recordedCall({ payload, operation, parts, ...(answer === undefined ? {} : { answer }) });

  describe(`the adapter ${name} (SEED=${SEED})`, () => {
    it('makes the result of an answer', async () => {
      const { exchange } = await made(
        sample.payload,
        answered(200, { body: sample.answer, contentType: undefined }),
      );
      const outcome = outcomeOf(exchange, operation);

      expect(outcome).toMatchObject({ kind: 'succeeded' });
      expect(JSON.parse((outcome as { outputJson: string }).outputJson)).toEqual(sample.result);
    });

    it('writes the same payload the same way each time', async () => {
      expect((await made(sample.payload)).wires).toEqual((await made(sample.payload)).wires);
    });

    it('makes one request or none of any payload, and quotes nothing of one that it refuses', async () => {
      await fc.assert(
        fc.asyncProperty(payloads(sample.payload), async (payload) => {
          const { wires, faults } = await made(payload);

          expect([wires.length, faults.length > 0]).toEqual(faults.length > 0 ? [0, true] : [1, false]);
          expect(faults.join()).not.toContain(MARK);
        }),
        { seed: SEED },
      );
    });

    it('never makes a success of a failure, and never calls a failure proof that nothing was executed', async () => {
      await fc.assert(
        fc.asyncProperty(answers, async ([status, body]) => {
          const { exchange } = await made(sample.payload, answered(status, { body }));
          const outcome = outcomeOf(exchange, operation);

          expect(outcome.kind).toBe(requiredOf(status) ?? outcome.kind);
          expect('reason' in outcome ? outcome.reason : '').not.toContain(MARK);
        }),
        { seed: SEED },
      );
    });
  });

  describe(`the adapter ${name} over a connection`, () => {
    let server: LoopbackServer;
    let api: CallableApi;
    let arrived: number;
    let respond: (response: ServerResponse) => void;

    beforeAll(async () => {
      const serve = async (request: IncomingMessage, response: ServerResponse) => {
        await text(request);
        arrived += 1;
        respond(response);
      };
      server = await anHttpServer((request, response) => void serve(request, response));
      api = aLegacyApiAt(server.port, {}, parts);
    });

    afterAll(() => server.stop());

    beforeEach(() => {
      arrived = 0;
    });

    const call = (to: CallableApi = api) =>
      to.call({
        operation: anOperation({ timeoutMs: TIMEOUT_MS, ...operation }),
        idempotencyKey: 'key-1',
        payload: sample.payload,
      });

    it.each(STATUSES)('sends a call that is answered with %d once', async (status) => {
      respond = (response) =>
        response.writeHead(status, { location: '/', 'retry-after': '0' }).end(sample.answer);

      await call();

      expect(arrived).toBe(1);
    });

    it('sends a call that is not answered once, and gives it up in time', async () => {
      respond = () => undefined;
      const startMs = performance.now();

      const { exchange, sentAtMs } = await call();

      expect(exchange.kind).toBe('lost');
      expect([arrived, sentAtMs === undefined]).toEqual([1, false]);
      expect(performance.now() - startMs).toBeLessThan(TIMEOUT_MS + LATE_MAX_MS);
    });

    it('sends a call whose connection breaks once, and does not say that nothing was sent', async () => {
      respond = (response) => response.socket?.destroy();

      expect((await call()).exchange.kind).toBe('lost');
      expect(arrived).toBe(1);
    });

    it('says that nothing was sent where nobody listens', async () => {
      const nobody = aLegacyApiAt(await aClosedPort(), {}, parts);

      expect((await call(nobody)).exchange.kind).toBe('notSent');
    });

    it('reads no more of an answer than anybody does', async () => {
      respond = (response) => response.end(Buffer.alloc(BODY_MAX_BYTES + 1, 'x'));

      expect((await call()).exchange.kind).toBe('tooLarge');
    });
  });
}

/** What follows from a status alone, for a call that must not be repeated blindly. */
function requiredOf(status: number): LegacyOutcome['kind'] | undefined {
  if (status === 429) return 'throttled';
  return status >= 500 ? 'outcomeUnknown' : undefined;
}

/** A call that must not be repeated blindly: there every guess would show. */
function outcomeOf(exchange: Exchange | undefined, operation: Partial<OperationConfig>): LegacyOutcome {
  if (exchange === undefined) throw new Error('the sample cannot be sent');
  return classify(exchange, anOperation({ ...operation, effect: 'once' }), 0);
}

/** Anything, and the sample with something else in the place of one of its fields. */
function payloads(sample: unknown): fc.Arbitrary<unknown> {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(undefined, null, '', MARK, { [MARK]: MARK }, [MARK], { a: { b: MARK } }),
  );
  if (typeof sample !== 'object' || sample === null) return anything;
  const names = Object.keys(sample);
  const changed = fc
    .tuple(fc.constantFrom(...names, MARK), anything)
    .map(([field, value]) => ({ ...sample, [field]: value }));
  return fc.oneof(anything, changed);
}
