import { verdictOf } from '../../../../lambdas/core/ledger/verdict.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';

const entry = aLedgerEntry({ task: 'task-1', payload: 'payload-1', doneByMs: 5_000 });
const claimant = { task: 'task-1', payload: 'payload-1', nowMs: 5_000 };

describe('the cause that the ledger gives', () => {
  it('says what to do about a key that names another payload', () => {
    expect(verdictOf(entry, { ...claimant, payload: 'payload-2' })).toMatchObject({
      disposition: {
        failure: {
          cause:
            'idempotencyKey: it names a call with another payload already; use the same payload, or a key of its own',
        },
      },
    });
  });

  it('says what to do about a call whose outcome was never recorded', () => {
    expect(verdictOf(entry, claimant)).toMatchObject({
      disposition: {
        failure: {
          cause:
            'the call was started and its outcome was never recorded; it may have been executed: look it up before repeating it',
        },
      },
    });
  });
});
