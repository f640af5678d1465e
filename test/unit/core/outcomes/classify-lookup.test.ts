import { classify } from '../../../../lambdas/core/outcomes/classify.js';
import type { Exchange } from '../../../../lambdas/core/outcomes/exchange.js';
import { lookupOperationOf } from '../../../../lambdas/core/ledger/lookup.js';
import { anOperation } from '../../../support/a-config.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const once = anOperation({ effect: 'once' });

const outcomeOf = (exchange: Exchange, lookup: object = {}) => {
  const called = lookupOperationOf({ ...once, lookup: { path: '/bookings', ...lookup } });
  return classify(exchange, called ?? once, 0);
};

const aFault = (codes: readonly string[], status = 500): Exchange => ({
  ...{ kind: 'fault', status, retryAfter: undefined, codes, text: 'no such booking' },
});

const notFound = (status: number) => ({ kind: 'notFound', status });

describe('the answer to a lookup', () => {
  it('says that the API knows no such call by a status that is configured to', () => {
    expect(outcomeOf(answered(404))).toEqual(notFound(404));
    expect(outcomeOf(answered(410), { notExecutedStatuses: [410] })).toEqual(notFound(410));
    expect(outcomeOf(answered(404), { notExecutedStatuses: [410] }).kind).toBe('rejected');
  });

  it('says so by what its adapter reads', () => {
    expect(outcomeOf({ kind: 'notFound', status: 200 })).toEqual(notFound(200));
  });

  it('says so by a fault whose code, or whose status, is configured to', () => {
    const lookup = { notExecutedFaults: ['NoSuchBooking'] };

    expect(outcomeOf(aFault(['Client', 'NoSuchBooking']), lookup)).toEqual(notFound(500));
    expect(outcomeOf(aFault(['Client', 'Other']), lookup).kind).toBe('rejected');
    expect(outcomeOf(aFault(['Client'], 410), { notExecutedStatuses: [410] })).toEqual(notFound(410));
    expect(outcomeOf(aFault(['Client'], 404), { executed: 'true' }).kind).toBe('rejected');
  });

  it('says nothing of the call where it is refused for its rate', () => {
    expect(outcomeOf(answered(429), { notExecutedStatuses: [429] }).kind).toBe('throttled');
    expect(outcomeOf(aFault(['None'], 429), { notExecutedStatuses: [429] }).kind).toBe('throttled');
  });
});

describe('the answer to a call', () => {
  it('is no proof that nothing was executed, whatever its adapter says of a lookup', () => {
    const exchange = { kind: 'notFound', status: 200 } as const;
    const reason = 'status 200 with what only a lookup is answered';

    expect(classify(exchange, once, 0)).toEqual({ kind: 'outcomeUnknown', reason });
    expect(classify(exchange, anOperation(), 0)).toEqual({ kind: 'unavailable', reason });
  });
});
