import { foundExecuted, lookupOperationOf } from '../../../../lambdas/core/ledger/lookup.js';
import { anOperation } from '../../../support/a-config.js';

describe('lookupOperationOf', () => {
  it('asks where the configuration says, within the timeout of the operation, and repeats without harm', () => {
    const lookup = { method: 'GET' as const, path: '/bookings', notExecutedStatuses: [404] };
    const operation = anOperation({ effect: 'once', timeoutMs: 7_000, retryableStatuses: [423], lookup });

    expect(lookupOperationOf(operation)).toEqual({
      method: 'GET',
      path: '/bookings',
      effect: 'idempotent',
      timeoutMs: 7_000,
      retryableStatuses: [],
    });
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
