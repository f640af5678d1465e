import fc from 'fast-check';
import { PRIORITIES } from '../../../../lambdas/core/contracts/priority.js';
import { parseTaskRequest } from '../../../../lambdas/core/contracts/task-request.js';
import { aTaskRequestBody } from '../../../support/a-task-request.js';
import { SEED } from '../../../support/seed.js';

// Goal: whatever arrives on a queue is a request, of which nothing is lost, or is refused with reasons that give
// neither its token nor its payload away.
// Method: random texts, random JSON, sound requests, and such in which fields are replaced or characters are wrong.
const TOKEN = 'the-secret-token';
const PAYLOAD = 'the-secret-payload';
const NUMBER = 987_654_321;

const FIELDS = [...Object.keys(aTaskRequestBody()), 'attempt', 'lookup', 'tenant', 'orderingKey', 'deadline'];

const SECRETS = { taskToken: TOKEN, payload: { secret: [PAYLOAD, NUMBER] } };

const damaged = fc
  .dictionary(fc.constantFrom(...FIELDS.filter((field) => field !== 'taskToken')), fc.jsonValue())
  .map((changes) => JSON.stringify({ ...aTaskRequestBody(SECRETS), ...changes }));

const badToken = fc
  .constantFrom(NUMBER, [TOKEN], { of: TOKEN }, TOKEN.repeat(200), true)
  .map((taskToken) => JSON.stringify({ ...aTaskRequestBody(SECRETS), taskToken }));

/** One character is missing, or another stands in its place. */
const misspelt = fc.tuple(damaged, fc.nat(), fc.string({ maxLength: 1 })).map(([body, where, character]) => {
  const at = where % body.length;
  return body.slice(0, at) + character + body.slice(at + 1);
});

const bodies = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  damaged,
  badToken,
  misspelt,
  damaged.map((body) => JSON.stringify(body)),
  damaged.map((body) => `[${body}]`),
  fc.constantFrom(
    JSON.stringify(TOKEN),
    String(NUMBER),
    '['.repeat(100_000),
    '{"__proto__":{"taskToken":"x"}}',
  ),
);

const instant = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const text = (maxLength: number) => fc.string({ unit: 'binary', minLength: 1, maxLength: maxLength / 2 });

const sound = fc
  .record(
    {
      taskToken: text(2_048),
      callId: text(256),
      idempotencyKey: fc.stringMatching(/^[!-~]{1,256}$/),
      operation: text(128),
      payload: fc.jsonValue(),
      priority: fc.constantFrom(...PRIORITIES),
      attempt: fc.nat(),
      lookup: fc.boolean(),
      tenant: text(128),
      orderingKey: text(128),
      enqueuedAt: instant,
      deadline: instant,
      execution: text(512),
      state: text(128),
    },
    {
      requiredKeys: Object.keys(aTaskRequestBody()).filter(
        (field) => field !== 'schemaVersion',
      ) as 'callId'[],
    },
  )
  // As a queue delivers it: without negative zeros.
  .map((fields) => JSON.parse(JSON.stringify({ schemaVersion: 1, ...fields })) as Record<string, unknown>);

const holds = (arbitrary: fc.Arbitrary<string>, judge: (body: string) => void) =>
  fc.assert(fc.property(arbitrary, judge), { seed: SEED, numRuns: 1_000 });

describe(`parseTaskRequest (SEED=${SEED})`, () => {
  it('never throws, and gives a reason for each refusal', () => {
    holds(bodies, (body) => {
      const parsed = parseTaskRequest(body);

      const faults = parsed.kind === 'malformed' ? parsed.faults : ['value: none'];
      expect(faults.length).toBeGreaterThan(0);
      expect(faults.filter((fault) => !/^[\w.[\]]+: \P{C}+$/u.test(fault))).toEqual([]);
    });
  });

  it('never names a token or a payload in a fault', () => {
    holds(bodies, (body) => {
      const parsed = parseTaskRequest(body);

      const faults = parsed.kind === 'malformed' ? parsed.faults.join('\n') : '';
      expect(faults).not.toMatch(/the-secret|987654321/);
    });
  });

  it('reads the token of every request that is damaged elsewhere', () => {
    holds(damaged, (body) => {
      const parsed = parseTaskRequest(body);

      const token = parsed.kind === 'malformed' ? parsed.taskToken : parsed.request.taskToken;
      expect(token).toBe(TOKEN);
    });
  });

  it('takes every sound request and loses nothing of it', () => {
    fc.assert(
      fc.property(sound, (fields) => {
        const { enqueuedAt, deadline } = fields as { enqueuedAt: string; deadline?: string };

        const parsed = parseTaskRequest(JSON.stringify(fields));

        expect(parsed).toEqual({
          kind: 'request',
          request: {
            attempt: 0,
            lookup: false,
            ...fields,
            enqueuedAt: Date.parse(enqueuedAt),
            ...(deadline === undefined ? {} : { deadline: Date.parse(deadline) }),
          },
        });
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});
