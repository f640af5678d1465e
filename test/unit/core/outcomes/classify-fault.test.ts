import { classify } from '../../../../lambdas/core/outcomes/classify.js';
import type { Exchange } from '../../../../lambdas/core/outcomes/exchange.js';
import type { OperationConfig } from '../../../../lambdas/core/config/orchestrator-config.js';
import { anOperation } from '../../../support/a-config.js';

const SOAP: NonNullable<OperationConfig['soap']> = {
  version: '1.1',
  action: '',
  namespace: 'urn:erp',
  element: 'Call',
  retryableFaults: ['Busy'],
};

const aFault = (
  codes: readonly string[],
  more: Partial<Extract<Exchange, { kind: 'fault' }>> = {},
): Exchange => ({ kind: 'fault', status: 500, retryAfter: undefined, codes, text: 'no such order', ...more });

const outcomeOf = (
  exchange: Exchange,
  effect: OperationConfig['effect'],
  operation: Partial<OperationConfig> = {},
) => classify(exchange, anOperation({ effect, soap: SOAP, ...operation }), 0);

describe('a fault', () => {
  it.each([
    'Client',
    'Client.Authentication',
    'Sender',
    'VersionMismatch',
    'MustUnderstand',
    'DataEncodingUnknown',
  ])('whose code is %s is a refusal of the call as it is, whatever its status', (code) => {
    for (const effect of ['idempotent', 'once'] as const)
      for (const status of [200, 400, 500])
        expect(outcomeOf(aFault([code], { status }), effect)).toEqual({
          kind: 'rejected',
          status,
          bodyExcerpt: `fault ${code}: no such order`,
        });
  });

  it('is told with all of its codes', () => {
    expect(outcomeOf(aFault(['Sender', 'Expired']), 'once')).toMatchObject({
      bodyExcerpt: 'fault Sender Expired: no such order',
    });
  });

  it.each([['Server'], ['Receiver'], ['Server.Timeout'], ['ERP-17'], ['client'], ['Clients'], []])(
    'whose code is %s may have been executed',
    (...codes) => {
      const reason = `status 500, fault ${codes.join(' ') || 'without a code'}`;

      expect(outcomeOf(aFault(codes), 'idempotent')).toEqual({ kind: 'unavailable', reason });
      expect(outcomeOf(aFault(codes), 'once')).toEqual({ kind: 'outcomeUnknown', reason });
    },
  );

  it('proves that nothing was executed where one of its codes is configured to', () => {
    for (const codes of [['Busy'], ['Receiver', 'Busy'], ['Sender', 'Busy']])
      expect(outcomeOf(aFault(codes), 'once')).toEqual({
        kind: 'unavailable',
        reason: `status 500, fault ${codes.join(' ')}`,
      });
    expect(outcomeOf(aFault(['Busy.Not']), 'once').kind).toBe('outcomeUnknown');
  });

  it('gives way to a status that says more', () => {
    expect(outcomeOf(aFault(['Client'], { status: 429, retryAfter: '3' }), 'once')).toEqual({
      kind: 'throttled',
      retryAfterMs: 3_000,
    });
    expect(outcomeOf(aFault(['Server'], { status: 503, retryAfter: '3' }), 'idempotent').kind).toBe(
      'throttled',
    );
    expect(outcomeOf(aFault(['Server'], { status: 503 }), 'once').kind).toBe('outcomeUnknown');
    expect(outcomeOf(aFault(['Server'], { status: 500 }), 'once', { retryableStatuses: [500] })).toEqual({
      kind: 'unavailable',
      reason: 'status 500',
    });
  });

  it('is told up to a thousand characters', () => {
    const outcome = outcomeOf(aFault(['Client'], { text: 'x'.repeat(5_000) }), 'once');

    expect(outcome).toMatchObject({ bodyExcerpt: expect.stringMatching(/^fault Client: x{986}$/) as string });
  });
});

describe('an answer that cannot be read', () => {
  const unreadable = (status: number, retryAfter?: string): Exchange => ({
    kind: 'unreadable',
    status,
    retryAfter,
    reason: 'an answer that is no SOAP envelope',
  });

  it('may have been executed where it is a success', () => {
    const reason = 'status 200 with an answer that is no SOAP envelope';

    expect(outcomeOf(unreadable(200), 'once')).toEqual({ kind: 'outcomeUnknown', reason });
    expect(outcomeOf(unreadable(200), 'idempotent')).toEqual({ kind: 'unavailable', reason });
  });

  it('is judged by any other status', () => {
    expect(outcomeOf(unreadable(429, '2'), 'once')).toEqual({ kind: 'throttled', retryAfterMs: 2_000 });
    expect(outcomeOf(unreadable(404), 'once')).toEqual({ kind: 'rejected', status: 404, bodyExcerpt: '' });
  });
});

describe('an answer that no result can be made of', () => {
  it('is of a call that was executed', () => {
    const exchange: Exchange = { kind: 'unusable', status: 200, reason: 'why' };

    for (const effect of ['idempotent', 'once'] as const)
      expect(outcomeOf(exchange, effect)).toEqual({ kind: 'responseRefused', status: 200, reason: 'why' });
  });
});

describe('an answer that proves that nothing was executed', () => {
  it('lets any operation be repeated', () => {
    for (const effect of ['idempotent', 'once'] as const)
      expect(outcomeOf({ kind: 'notExecuted', reason: 'why' }, effect)).toEqual({
        kind: 'unavailable',
        reason: 'why',
      });
  });
});
