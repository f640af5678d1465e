import { dispositionOf, giveBack } from '../../../../lambdas/core/outcomes/disposition.js';
import type { LegacyOutcome } from '../../../../lambdas/core/outcomes/legacy-outcome.js';

/** The workflow reads the cause, and so do the people who are called when it fails. */
describe('the cause that a workflow is told', () => {
  it.each<[LegacyOutcome, string]>([
    [{ kind: 'unavailable', reason: 'ECONNREFUSED' }, 'ECONNREFUSED; a repeat does no harm'],
    [
      { kind: 'outcomeUnknown', reason: 'ECONNRESET' },
      'ECONNRESET; the call may have been executed: look it up before repeating it',
    ],
    [
      { kind: 'responseTooLarge', status: 200 },
      'status 200: the call succeeded but its result exceeds 262144 bytes',
    ],
    [
      { kind: 'responseRefused', status: 200, reason: 'result: is not text' },
      'status 200: the call succeeded but no result can be made of its answer: result: is not text',
    ],
  ])('says what happened, and what may be done about it: %j', (outcome, cause) => {
    expect(dispositionOf(outcome, { attempt: 0, mayDefer: true, keepsPlace: false })).toMatchObject({
      failure: { cause },
    });
  });

  it('says why a message that was not called for failed', () => {
    expect(giveBack(0, { attempt: 0, mayDefer: false, keepsPlace: false })).toMatchObject({
      failure: {
        cause:
          'the message cannot be given back again, as a pause or a 429 answer asked for; the call was not executed',
      },
    });
  });
});
