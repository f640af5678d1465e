import { classify } from '../../../../lambdas/core/outcomes/classify.js';
import type { Exchange } from '../../../../lambdas/core/outcomes/exchange.js';
import { anOperation } from '../../../support/a-config.js';
import { answered } from '../../../support/scripted-legacy-api.js';
import { START_MS } from '../../../support/virtual-clock.js';

const IDEMPOTENT = anOperation({ effect: 'idempotent' });
const ONCE = anOperation({ effect: 'once' });
const ONCE_WITH_HONEST_503 = anOperation({ effect: 'once', unavailableMeansNotExecuted: true });

const LATER = { retryAfter: '7' };
const BROKEN_JSON = { body: '{"ok":' };

describe('classify', () => {
  it.each<[string, Exchange, string, string, string]>([
    ['2xx', answered(200), 'succeeded', 'succeeded', 'succeeded'],
    ['201', answered(201), 'succeeded', 'succeeded', 'succeeded'],
    ['204 without a body', answered(204, { body: '' }), 'succeeded', 'succeeded', 'succeeded'],
    ['2xx with broken JSON', answered(200, BROKEN_JSON), 'unavailable', 'outcomeUnknown', 'outcomeUnknown'],
    ['2xx beyond a result', answered(200, bodyOf(262_145)), ...threeTimes('responseTooLarge')],
    ['2xx beyond what we read', { kind: 'tooLarge', status: 200 }, ...threeTimes('responseTooLarge')],
    ['4xx beyond what we read', { kind: 'tooLarge', status: 400 }, ...threeTimes('rejected')],
    ['5xx beyond what we read', tooLarge(500), 'unavailable', 'outcomeUnknown', 'outcomeUnknown'],
    ['nothing sent', { kind: 'notSent', reason: 'ECONNREFUSED' }, ...threeTimes('unavailable')],
    ['lost', { kind: 'lost', reason: 'ECONNRESET' }, 'unavailable', 'outcomeUnknown', 'outcomeUnknown'],
    ['429', answered(429), ...threeTimes('throttled')],
    ['429 and Retry-After', answered(429, LATER), ...threeTimes('throttled')],
    ['503', answered(503), 'unavailable', 'outcomeUnknown', 'unavailable'],
    ['503 and Retry-After', answered(503, LATER), 'throttled', 'outcomeUnknown', 'throttled'],
    ['500', answered(500), 'unavailable', 'outcomeUnknown', 'outcomeUnknown'],
    ['500 and Retry-After', answered(500, LATER), 'unavailable', 'outcomeUnknown', 'outcomeUnknown'],
    ['504', answered(504), 'unavailable', 'outcomeUnknown', 'outcomeUnknown'],
    ['101', answered(101), 'unavailable', 'outcomeUnknown', 'outcomeUnknown'],
    ['redirect', answered(302), ...threeTimes('rejected')],
    ['400', answered(400), ...threeTimes('rejected')],
    ['404', answered(404), ...threeTimes('rejected')],
    ['409', answered(409), ...threeTimes('rejected')],
  ])('makes of %s what is safe for each effect', (_end, exchange, idempotent, once, onceWithHonest503) => {
    expect(classify(exchange, IDEMPOTENT, START_MS).kind).toBe(idempotent);
    expect(classify(exchange, ONCE, START_MS).kind).toBe(once);
    expect(classify(exchange, ONCE_WITH_HONEST_503, START_MS).kind).toBe(onceWithHonest503);
  });

  it('says how long a 429 asks to wait', () => {
    expect(classify(answered(429, LATER), ONCE, START_MS)).toEqual({
      kind: 'throttled',
      retryAfterMs: 7_000,
    });
  });

  it('says that a 429 did not name a time', () => {
    const outcome = classify(answered(429), ONCE, START_MS);

    expect(outcome).toEqual({ kind: 'throttled', retryAfterMs: undefined });
  });

  it('keeps the status and the beginning of the body of a rejection', () => {
    const outcome = classify(answered(422, { body: 'x'.repeat(5_000) }), ONCE, START_MS);

    expect(outcome).toEqual({ kind: 'rejected', status: 422, bodyExcerpt: 'x'.repeat(1_000) });
  });

  it('keeps the reason of a call that may have been executed', () => {
    const outcome = classify({ kind: 'lost', reason: 'ECONNRESET' }, ONCE, START_MS);

    expect(outcome).toEqual({ kind: 'outcomeUnknown', reason: 'ECONNRESET' });
  });
});

function threeTimes(outcome: string): [string, string, string] {
  return [outcome, outcome, outcome];
}

function tooLarge(status: number): Exchange {
  return { kind: 'tooLarge', status };
}

/** A JSON string of so many bytes, its quotes included. */
function bodyOf(bytes: number) {
  return { body: JSON.stringify('x'.repeat(bytes - 2)) };
}
