import { aLookupCanSayNo } from '../../../../lambdas/core/config/lookup-rules.js';
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
