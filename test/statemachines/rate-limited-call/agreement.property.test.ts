// Goal: Check and Refuse agree, and the worker understands whatever Check lets pass.
// Method: random inputs on both sides of the contract, run on the interpreter, and what is sent read as the worker does.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseTaskRequest } from '../../../lambdas/core/contracts/task-request.js';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { TestService } from '../support/service.js';
import { rateLimitedCall, sentBy } from './support/definition.js';

const seed = 20260131;
const definition = rateLimitedCall();

/** Names that objects inherit, halves of characters, expressions, and line ends that a pattern may overlook. */
const NASTY = [
  ...['__proto__', 'constructor', 'toString', 'sequence', 'length', ''],
  ...['\ud800', 'a\udc00b', '\u0000', '{% $states.input %}', 'key\n', '2030-01-31T12:00:00Z\n'],
] as const;

const nasty = fc.constantFrom(...NASTY);

const nastyJson = fc.oneof(
  nasty,
  fc.constantFrom(1e308, 5e-324, 2 ** 53, 1e21),
  fc.integer({ min: 1, max: 500 }).map((depth): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))),
  fc.dictionary(nasty, fc.oneof(nasty, fc.jsonValue())),
);

/** Sound nine times in ten, so that many inputs have no fault and many have one. */
const mostly = <T>(sound: fc.Arbitrary<T>, other: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 18, arbitrary: sound },
    { weight: 1, arbitrary: other },
    { weight: 1, arbitrary: fc.oneof(fc.jsonValue(), nastyJson) },
  );

const digits = (least: number, most: number, width = 2) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(width, '0'));

/** Instants that look right; some of them do not exist. */
const instantLike = fc
  .tuple(
    ...[digits(0, 9_999, 4), digits(0, 13), digits(0, 32), digits(0, 24), digits(0, 60)],
    fc.constantFrom('', ':00', ':59.9', ':60', ':07.123456789'),
    fc.constantFrom('Z', '+02:00', '-23:59', '+24:00', ''),
  )
  .map(
    ([year, month, day, hour, minute, second, zone]) =>
      `${year}-${month}-${day}T${hour}:${minute}${second}${zone}`,
  );

const instant = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength });

const request = fc.record(
  {
    operation: mostly(fc.constantFrom('createOrder', 'getOrder'), fc.constantFrom('chargeCard', 'dropOrder')),
    payload: fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), nastyJson),
    priority: mostly(fc.constantFrom('HIGH', 'NORMAL', 'BATCH'), fc.constantFrom('LOW', 'high')),
    idempotencyKey: mostly(fc.stringMatching(/^[!-~]{1,256}$/), text(300)),
    tenant: mostly(fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }), text(160)),
    deadline: mostly(instant, instantLike),
  },
  { requiredKeys: ['operation'] },
);

const input = mostly(
  request,
  fc
    .tuple(request, fc.dictionary(fc.oneof(text(20), nasty), fc.jsonValue()))
    .map(([known, unknown]) => ({ ...unknown, ...known })),
  // As Step Functions receives it: without negative zeros.
).map((value): unknown => JSON.parse(JSON.stringify(value)));

describe(`rate-limited-call, with seed ${seed}`, () => {
  it('either sends a message that the worker understands, or names at least one fault and sends none', async () => {
    const service = new TestService();
    const ends = { served: 0, refused: 0 };

    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        const sentBefore = service.sent.length;

        const { status, error, cause = '' } = await service.run(definition, value);

        const messages = sentBy(service)
          .slice(sentBefore)
          .map(({ MessageBody }) => MessageBody);
        const served =
          status === 'RUNNING' &&
          messages.length === 1 &&
          messages.every((message) => carries(message, value));
        const refused =
          status === 'FAILED' &&
          messages.length === 0 &&
          error === TASK_ERRORS.invalidRequest &&
          /^.*: \w/s.test(cause);
        ends.served += Number(served);
        ends.refused += Number(refused);
        expect({ status, cause, messages, ok: served || refused }).toMatchObject({ ok: true });
      }),
      { seed, numRuns: 1_000 },
    );

    expect(Math.min(ends.served, ends.refused)).toBeGreaterThan(250);
  }, 30_000);
});

/** The worker understands the message, and it says nothing else than the caller did. */
function carries(message: Readonly<Record<string, unknown>>, value: unknown): boolean {
  return (
    parseTaskRequest(JSON.stringify(message)).kind === 'request' &&
    isDeepStrictEqual({ ...message, ...(value as object) }, { ...message })
  );
}
