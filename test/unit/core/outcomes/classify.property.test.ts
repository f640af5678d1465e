import fc from 'fast-check';
import { classify } from '../../../../lambdas/core/outcomes/classify.js';
import type { Exchange } from '../../../../lambdas/core/outcomes/exchange.js';
import { anOperation } from '../../../support/a-config.js';
import { SEED } from '../../../support/seed.js';
import { START_MS } from '../../../support/virtual-clock.js';

// Goal: no way a call can end makes a repeat look safe that is not.
// Method: random exchanges, of every status and with every header, against the rule of P5.
const retryAfter = fc.option(fc.oneof(fc.constant('3'), fc.string()), { nil: undefined });

const exchanges: fc.Arbitrary<Exchange> = fc.oneof(
  fc.record({
    kind: fc.constant('answered' as const),
    status: fc.integer({ min: 100, max: 599 }),
    retryAfter,
    contentType: fc.option(fc.constantFrom('application/json', 'text/plain'), { nil: undefined }),
    body: fc.oneof(fc.json(), fc.string()),
  }),
  fc.record({
    kind: fc.constant('tooLarge' as const),
    status: fc.integer({ min: 200, max: 599 }),
    retryAfter,
  }),
  fc.record({ kind: fc.constant('lost' as const), reason: fc.string() }),
  fc.record({ kind: fc.constant('notSent' as const), reason: fc.string() }),
);

/** Few enough to be met by a random status now and then. */
const statuses = fc.uniqueArray(fc.integer({ min: 400, max: 599 }), { minLength: 50, maxLength: 100 });

describe(`classify (SEED=${SEED})`, () => {
  it('calls a once operation repeatable only where nothing was executed', () => {
    fc.assert(
      fc.property(exchanges, statuses, (exchange, retryableStatuses) => {
        const { kind } = classify(exchange, anOperation({ effect: 'once', retryableStatuses }), START_MS);

        const refused = 'status' in exchange && [429, ...retryableStatuses].includes(exchange.status);
        const notExecuted = exchange.kind === 'notSent' || refused;
        expect(kind === 'unavailable' || kind === 'throttled').toBe(notExecuted);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('never leaves the outcome of an idempotent operation unknown', () => {
    fc.assert(
      fc.property(exchanges, (exchange) => {
        const { kind } = classify(exchange, anOperation({ effect: 'idempotent' }), START_MS);

        expect(kind).not.toBe('outcomeUnknown');
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('makes every result JSON', () => {
    fc.assert(
      fc.property(exchanges, (exchange) => {
        const outcome = classify(exchange, anOperation(), START_MS);

        const outputJson = outcome.kind === 'succeeded' ? outcome.outputJson : 'null';
        expect(() => JSON.parse(outputJson) as unknown).not.toThrow();
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
