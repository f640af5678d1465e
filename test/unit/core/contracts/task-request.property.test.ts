import fc from 'fast-check';
import { parseTaskRequest } from '../../../../lambdas/core/contracts/task-request.js';
import { aTaskRequestBody } from '../../../support/a-task-request.js';
import { SEED } from '../../../support/seed.js';

// Goal: whatever arrives on a queue is either a request or refused with reasons, and never gives a token away.
// Method: random texts, random JSON, and requests in which some fields are replaced by random values.
const TOKEN = 'AQCEAAAAKgAAAAMAAAAA-the-secret-token';

const FIELDS = [...Object.keys(aTaskRequestBody()), 'attempt', 'tenant', 'deadline'];

const damaged = fc
  .dictionary(fc.constantFrom(...FIELDS.filter((field) => field !== 'taskToken')), fc.jsonValue())
  .map((changes) => JSON.stringify({ ...aTaskRequestBody({ taskToken: TOKEN }), ...changes }));

const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  damaged,
  damaged.map((body) => JSON.stringify(body)),
  damaged.map((body) => `[${body}]`),
);

describe(`parseTaskRequest (SEED=${SEED})`, () => {
  it('never throws, and gives a reason for each refusal', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const parsed = parseTaskRequest(body);

        const reasons = parsed.kind === 'malformed' ? parsed.faults.length : 1;
        expect(reasons).toBeGreaterThan(0);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it('never names a token in a fault', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const parsed = parseTaskRequest(body);

        const faults = parsed.kind === 'malformed' ? parsed.faults : [];
        expect(faults.join('\n')).not.toContain(TOKEN);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it('reads the token of every request that is damaged elsewhere', () => {
    fc.assert(
      fc.property(damaged, (body) => {
        const parsed = parseTaskRequest(body);

        const token = parsed.kind === 'malformed' ? parsed.taskToken : parsed.request.taskToken;
        expect(token).toBe(TOKEN);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
