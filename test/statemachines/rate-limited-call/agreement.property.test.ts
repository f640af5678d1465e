// Goal: Check and Refuse agree, and the worker understands whatever Check lets pass.
// Method: random inputs on both sides of the contract, run on the interpreter, and what is sent read as the worker does.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseTaskRequest } from '../../../lambdas/core/contracts/task-request.js';
import { TASK_ERRORS } from '../../../lambdas/core/contracts/task-errors.js';
import { TestService } from '../support/service.js';
import { doorbellUrl, rateLimitedCall, sentBy } from './support/definition.js';
import { input } from './support/inputs.js';

/** Each makes half of the inputs. */
const SEEDS = [20260131, 20260228];

const definition = rateLimitedCall({ ordering: 'perKey' });

describe.each(SEEDS)('rate-limited-call, with seed %i', (seed) => {
  it('either sends a message that the worker understands, or names at least one fault and sends none', async () => {
    const service = new TestService();
    const ends = { served: 0, refused: 0 };

    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        const sentBefore = service.sent.length;

        const { status, error, cause = '' } = await service.run(definition, value);

        const messages = sentBy(service)
          .slice(sentBefore)
          .filter(({ QueueUrl }) => QueueUrl !== doorbellUrl)
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
      { seed, numRuns: 500 },
    );

    expect(Math.min(ends.served, ends.refused)).toBeGreaterThan(125);
  }, 30_000);
});

/** The worker understands the message, and it says nothing else than the caller did. */
function carries(message: Readonly<Record<string, unknown>>, value: unknown): boolean {
  return (
    parseTaskRequest(JSON.stringify(message)).kind === 'request' &&
    isDeepStrictEqual({ ...message, ...(value as object) }, { ...message })
  );
}
