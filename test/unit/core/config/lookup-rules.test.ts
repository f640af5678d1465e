import { aLookupCanSayNo, aLookupNamesItsKeyAlone } from '../../../../lambdas/core/config/lookup-rules.js';
import { aConfig } from '../../../support/a-config.js';

const soap = { namespace: 'urn:erp', element: 'Find' };

const faultsWith = (lookup: object) => {
  const call = { effect: 'once' as const, timeoutMs: 1_000, lookup: { path: '', ...lookup } };
  return aLookupCanSayNo(aConfig({ operations: { call } }));
};

describe('a lookup by SOAP', () => {
  it('is refused where nothing would ever say that a call was not executed', () => {
    expect(faultsWith({ soap })).toEqual([
      'operations.call.lookup: by SOAP, nothing would ever say that a call was not executed; add executed or notExecutedFaults',
    ]);
    expect(faultsWith({ soap, notExecutedFaults: [] })).toHaveLength(1);
  });

  it.each([{ executed: 'found' }, { notExecutedFaults: ['None'] }, { notExecutedStatuses: [404] }])(
    'is taken with %j',
    (more) => {
      expect(faultsWith({ soap, ...more })).toEqual([]);
    },
  );

  it.each([{}, { adapter: 'our-erp' }])('is no matter to one with %j', (more) => {
    expect(faultsWith(more)).toEqual([]);
  });
});

describe('a lookup', () => {
  const faultsOfNames = (lookup: object) =>
    aLookupNamesItsKeyAlone(
      aConfig({
        operations: {
          call: { effect: 'once', timeoutMs: 1_000, lookup: { path: '', ...lookup } },
          other: { effect: 'idempotent', timeoutMs: 1_000, path: '/{id}' },
        },
      }),
    );

  it('is refused for every field but its key, which nothing would ever fill in', () => {
    const named = {
      path: '/a/{idempotencykey}',
      query: { b: '{order.id}' },
      headers: { c: '{idempotencyKey} {d}' },
    };
    const why = 'is no field of a lookup, which knows {idempotencyKey} alone';

    expect(faultsOfNames(named)).toEqual([
      `operations.call.lookup.path: {idempotencykey} ${why}`,
      `operations.call.lookup.query.b: {order.id} ${why}`,
      `operations.call.lookup.headers.c: {d} ${why}`,
    ]);
  });

  it('may name its key anywhere, or nowhere', () => {
    const key = '{idempotencyKey}';

    expect(faultsOfNames({ path: `/a/${key}`, query: { b: key }, headers: { c: `d ${key}` } })).toEqual([]);
    expect(faultsOfNames({})).toEqual([]);
  });
});
