import { classify } from '../../../../lambdas/core/outcomes/classify.js';
import { anOperation } from '../../../support/a-config.js';
import { answered } from '../../../support/scripted-legacy-api.js';
import { START_MS } from '../../../support/virtual-clock.js';

const result = (body: string, contentType: string | undefined) =>
  classify(answered(200, { body, contentType }), anOperation(), START_MS);

describe('the result of a call that succeeded', () => {
  it.each([
    ['an object', '{"id":7}'],
    ['a number', '7'],
    ['a number beyond the precision of doubles', '{"id":9007199254740993}'],
  ])('is the body as it came: %s', (_what, body) => {
    expect(result(body, 'application/json')).toEqual({ kind: 'succeeded', outputJson: body });
  });

  it.each(['', ' \r\n'])('is null for the empty body %j', (body) => {
    expect(result(body, 'application/json')).toEqual({ kind: 'succeeded', outputJson: 'null' });
  });

  it.each(['text/plain', 'text/xml; charset=utf-8', undefined])(
    'is a JSON string for a body of type %s that is not JSON',
    (contentType) => {
      expect(result('<ok/>', contentType)).toEqual({ kind: 'succeeded', outputJson: '"<ok/>"' });
    },
  );

  it.each(['application/json; charset=utf-8', 'application/problem+json', 'APPLICATION/JSON'])(
    'is not known where a body of type %s is not JSON',
    (contentType) => {
      expect(result('<ok/>', contentType).kind).toBe('unavailable');
    },
  );

  it('may fill what a task may return to the last byte', () => {
    expect(result(JSON.stringify('x'.repeat(262_142)), 'application/json').kind).toBe('succeeded');
  });

  it('is measured in bytes, not in characters', () => {
    expect(result(JSON.stringify('é'.repeat(131_071)), 'application/json').kind).toBe('succeeded');
    expect(result(JSON.stringify('é'.repeat(131_072)), 'application/json').kind).toBe('responseTooLarge');
  });
});
