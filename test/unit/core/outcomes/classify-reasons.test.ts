import { classify } from '../../../../lambdas/core/outcomes/classify.js';
import { anOperation } from '../../../support/a-config.js';
import { answered } from '../../../support/scripted-legacy-api.js';
import { START_MS } from '../../../support/virtual-clock.js';

const ONCE = anOperation({ effect: 'once' });

describe('the reason that classify gives', () => {
  it('is the status of an answer that proves nothing', () => {
    expect(classify(answered(502), ONCE, START_MS)).toEqual({ kind: 'outcomeUnknown', reason: 'status 502' });
  });

  it('tells a broken success from a failure', () => {
    expect(classify(answered(200, { body: '{"ok":' }), ONCE, START_MS)).toEqual({
      kind: 'outcomeUnknown',
      reason: 'status 200 with a body that is not the JSON it claims to be',
    });
  });

  it('is no excerpt of a body of which too much came', () => {
    const exchange = { kind: 'tooLarge', status: 400, retryAfter: undefined } as const;

    expect(classify(exchange, ONCE, START_MS)).toEqual({ kind: 'rejected', status: 400, bodyExcerpt: '' });
  });

  it('keeps whole characters wherever they stand in the excerpt', () => {
    const body = `😀${'x'.repeat(2_000)}`;

    expect(classify(answered(400, { body }), ONCE, START_MS)).toMatchObject({
      bodyExcerpt: `😀${'x'.repeat(998)}`,
    });
  });
});
