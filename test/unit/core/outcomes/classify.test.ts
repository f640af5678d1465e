import { classify } from '../../../../lambdas/core/outcomes/classify.js';
import type { Exchange } from '../../../../lambdas/core/outcomes/exchange.js';
import type { LegacyOutcome } from '../../../../lambdas/core/outcomes/legacy-outcome.js';
import { anOperation } from '../../../support/a-config.js';
import { answered } from '../../../support/scripted-legacy-api.js';
import { START_MS } from '../../../support/virtual-clock.js';

const IDEMPOTENT = anOperation({ effect: 'idempotent' });
const ONCE = anOperation({ effect: 'once' });

const SECONDS = { retryAfter: '7' };
const DATE = { retryAfter: 'Thu, 31 Jan 2030 12:00:07 GMT' };
const GARBAGE = { retryAfter: 'soon' };

type Kind = LegacyOutcome['kind'];

describe('classify', () => {
  it.each<[string, Exchange, Kind, Kind]>([
    // What happened on the wire           the exchange                        idempotent           once
    ['no address (DNS)', notSent('ENOTFOUND'), 'unavailable', 'unavailable'],
    ['connection refused', notSent('ECONNREFUSED'), 'unavailable', 'unavailable'],
    ['reset before it was sent', notSent('ECONNRESET'), 'unavailable', 'unavailable'],
    ['certificate refused (TLS)', notSent('DEPTH_ZERO_SELF_SIGNED_CERT'), 'unavailable', 'unavailable'],
    ['no connection in time', notSent('no connection within 1 ms'), 'unavailable', 'unavailable'],
    ['reset after it was sent', lost('ECONNRESET'), 'unavailable', 'outcomeUnknown'],
    ['no answer in time', lost('no answer within 1 ms'), 'unavailable', 'outcomeUnknown'],
    ['no whole body in time', lost('no whole body within 1 ms'), 'unavailable', 'outcomeUnknown'],
    ['truncated body', lost('status 200, then aborted'), 'unavailable', 'outcomeUnknown'],
    ['200', answered(200), 'succeeded', 'succeeded'],
    ['201', answered(201), 'succeeded', 'succeeded'],
    ['202', answered(202), 'succeeded', 'succeeded'],
    ['204 without a body', answered(204, { body: '' }), 'succeeded', 'succeeded'],
    ['299', answered(299), 'succeeded', 'succeeded'],
    ['200 with half a JSON text', answered(200, { body: '{"ok":' }), 'unavailable', 'outcomeUnknown'],
    ['200 that calls HTML JSON', answered(200, { body: '<p>' }), 'unavailable', 'outcomeUnknown'],
    ['200 with more than a task takes', answered(200, big(262_145)), ...both('responseTooLarge')],
    ['200 with more than we read', tooLarge(200), ...both('responseTooLarge')],
    ['101', answered(101), 'unavailable', 'outcomeUnknown'],
    ['redirect 300', answered(300), 'rejected', 'outcomeUnknown'],
    ['redirect 301', answered(301), 'rejected', 'outcomeUnknown'],
    ['redirect 302', answered(302), 'rejected', 'outcomeUnknown'],
    ['redirect 303', answered(303), 'rejected', 'outcomeUnknown'],
    ['304', answered(304, { body: '' }), 'rejected', 'outcomeUnknown'],
    ['redirect 307', answered(307), 'rejected', 'outcomeUnknown'],
    ['400', answered(400), 'rejected', 'rejected'],
    ['400 with more than we read', tooLarge(400), 'rejected', 'rejected'],
    ['401', answered(401), 'rejected', 'rejected'],
    ['404', answered(404), 'rejected', 'rejected'],
    ['408', answered(408), 'unavailable', 'outcomeUnknown'],
    ['409', answered(409), 'rejected', 'rejected'],
    ['423 and Retry-After', answered(423, SECONDS), 'rejected', 'rejected'],
    ['425', answered(425), 'rejected', 'rejected'],
    ['429', answered(429), 'throttled', 'throttled'],
    ['429 and Retry-After in seconds', answered(429, SECONDS), 'throttled', 'throttled'],
    ['429 and Retry-After as a date', answered(429, DATE), 'throttled', 'throttled'],
    ['429 and Retry-After as neither', answered(429, GARBAGE), 'throttled', 'throttled'],
    ['429 with more than we read', tooLarge(429), 'throttled', 'throttled'],
    ['500', answered(500), 'unavailable', 'outcomeUnknown'],
    ['500 and Retry-After', answered(500, SECONDS), 'unavailable', 'outcomeUnknown'],
    ['500 with more than we read', tooLarge(500), 'unavailable', 'outcomeUnknown'],
    ['502', answered(502), 'unavailable', 'outcomeUnknown'],
    ['503', answered(503), 'unavailable', 'outcomeUnknown'],
    ['503 and Retry-After in seconds', answered(503, SECONDS), 'throttled', 'outcomeUnknown'],
    ['503 and Retry-After as a date', answered(503, DATE), 'throttled', 'outcomeUnknown'],
    ['503 and Retry-After as neither', answered(503, GARBAGE), 'unavailable', 'outcomeUnknown'],
    ['504', answered(504), 'unavailable', 'outcomeUnknown'],
    ['a status that nobody knows', answered(799), 'unavailable', 'outcomeUnknown'],
  ])('makes of %s what is safe for each effect', (_end, exchange, idempotent, once) => {
    expect(classify(exchange, IDEMPOTENT, START_MS).kind).toBe(idempotent);
    expect(classify(exchange, ONCE, START_MS).kind).toBe(once);
  });

  it.each<[string, Exchange, Kind]>([
    ['408', answered(408), 'unavailable'],
    ['409', answered(409), 'unavailable'],
    ['423 and Retry-After', answered(423, SECONDS), 'unavailable'],
    ['425', answered(425), 'unavailable'],
    ['500', answered(500), 'unavailable'],
    ['502 with more than we read', tooLarge(502), 'unavailable'],
    ['503', answered(503), 'unavailable'],
    ['503 and Retry-After in seconds', answered(503, SECONDS), 'throttled'],
    ['503 and Retry-After as a date', answered(503, DATE), 'throttled'],
    ['503 and Retry-After as neither', answered(503, GARBAGE), 'unavailable'],
  ])('repeats %s for both effects where the operation lists the status', (_end, exchange, kind) => {
    const retryableStatuses = 'status' in exchange ? [418, exchange.status] : [];

    expect(classify(exchange, { ...IDEMPOTENT, retryableStatuses }, START_MS).kind).toBe(kind);
    expect(classify(exchange, { ...ONCE, retryableStatuses }, START_MS).kind).toBe(kind);
  });

  it.each<[string, Exchange, number | undefined]>([
    ['in seconds', answered(429, SECONDS), 7_000],
    ['as a date', answered(429, DATE), 7_000],
    ['beside a body of which we read no more', tooLarge(429, '7'), 7_000],
    ['as neither', answered(429, GARBAGE), undefined],
    ['not at all', answered(429), undefined],
  ])('says how long a 429 asks to wait %s', (_form, exchange, retryAfterMs) => {
    expect(classify(exchange, ONCE, START_MS)).toEqual({ kind: 'throttled', retryAfterMs });
  });

  it('keeps the status and the beginning of the body of a rejection', () => {
    const outcome = classify(answered(422, { body: 'x'.repeat(5_000) }), ONCE, START_MS);

    expect(outcome).toEqual({ kind: 'rejected', status: 422, bodyExcerpt: 'x'.repeat(1_000) });
  });

  it('keeps no half of a character at the end of that beginning', () => {
    const outcome = classify(answered(422, { body: `${'x'.repeat(999)}😀` }), ONCE, START_MS);

    expect(outcome).toMatchObject({ bodyExcerpt: 'x'.repeat(999) });
  });

  it('keeps the reason of a call that may have been executed', () => {
    const outcome = classify(lost('ECONNRESET'), ONCE, START_MS);

    expect(outcome).toEqual({ kind: 'outcomeUnknown', reason: 'ECONNRESET' });
  });
});

function both(kind: Kind): [Kind, Kind] {
  return [kind, kind];
}

function notSent(reason: string): Exchange {
  return { kind: 'notSent', reason };
}

function lost(reason: string): Exchange {
  return { kind: 'lost', reason };
}

function tooLarge(status: number, retryAfter?: string): Exchange {
  return { kind: 'tooLarge', status, retryAfter };
}

/** A JSON string of so many bytes, its quotes included. */
function big(bytes: number) {
  return { body: JSON.stringify('x'.repeat(bytes - 2)) };
}
