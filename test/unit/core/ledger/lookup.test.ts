import { foundExecuted, lookupOperationOf } from '../../../../lambdas/core/ledger/lookup.js';
import { anOperation } from '../../../support/a-config.js';

const SOAP = {
  ...{ version: '1.1' as const, action: '', namespace: 'urn:erp', element: 'Find', retryableFaults: [] },
};

describe('lookupOperationOf', () => {
  it('asks where the configuration says, within the timeout of the operation, and repeats without harm', () => {
    const lookup = { path: '/bookings' };
    const operation = anOperation({ effect: 'once', timeoutMs: 7_000, retryableStatuses: [423], lookup });

    expect(lookupOperationOf(operation)).toEqual({
      method: 'GET',
      path: '/bookings',
      effect: 'idempotent',
      timeoutMs: 7_000,
      retryableStatuses: [],
      lookupAnswers: { executed: undefined, notExecutedStatuses: [404], notExecutedFaults: [] },
    });
  });

  it.each([
    ['an expression', { executed: '$exists(id)' }],
    ['SOAP', { soap: SOAP, notExecutedFaults: ['Unknown'] }],
    ['an adapter', { adapter: 'our-erp' }],
  ])('takes 404 for a wrong address where %s says whether the call was executed', (_what, more) => {
    const called = lookupOperationOf(anOperation({ effect: 'once', lookup: { path: '/find', ...more } }));

    expect(called?.lookupAnswers).toMatchObject({ notExecutedStatuses: [] });
  });

  it('takes the statuses that are configured', () => {
    const lookup = { path: '', executed: 'true', notExecutedStatuses: [410] };

    expect(lookupOperationOf(anOperation({ lookup }))?.lookupAnswers?.notExecutedStatuses).toEqual([410]);
  });

  it('is made by POST where it speaks SOAP', () => {
    expect(lookupOperationOf(anOperation({ lookup: { path: '', soap: SOAP } }))?.method).toBe('POST');
    expect(lookupOperationOf(anOperation({ lookup: { path: '' } }))?.method).toBe('GET');
  });

  it('knows no call where the configuration names none', () => {
    expect(lookupOperationOf(anOperation())).toBeUndefined();
  });
});

describe('foundExecuted', () => {
  it('fails the task where the result that was found is more than a task may return', () => {
    const disposition = foundExecuted(JSON.stringify('x'.repeat(262_144)));

    expect(disposition).toEqual({
      kind: 'failTask',
      failure: {
        error: 'LegacyApi.ResponseTooLarge',
        cause: 'the call was executed but its result, looked up, exceeds 262144 bytes',
      },
    });
  });
});
