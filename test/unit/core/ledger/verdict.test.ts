import type { LedgerState } from '../../../../lambdas/core/ledger/ledger-entry.js';
import { lookupVerdictOf, verdictFor, verdictOf } from '../../../../lambdas/core/ledger/verdict.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';

const DONE_BY_MS = 5_000;
const REJECTED = { error: 'LegacyApi.Rejected', cause: 'status 409: no' } as const;
const TOO_LARGE = { error: 'LegacyApi.ResponseTooLarge', cause: 'status 200' } as const;

const STARTED: LedgerState = { kind: 'started' };
const UNKNOWN: LedgerState = { kind: 'unknown', cause: 'no whole answer' };
const SUCCEEDED: LedgerState = { kind: 'succeeded', outputJson: '{"ok":true}' };

const before = { task: 'task-1', payload: 'payload-1', nowMs: DONE_BY_MS - 1 };
const after = { ...before, nowMs: DONE_BY_MS };

function entryIn(state: LedgerState) {
  return aLedgerEntry({ task: 'task-1', payload: 'payload-1', doneByMs: DONE_BY_MS, state });
}

function failsWith(error: string) {
  return expect.objectContaining({
    kind: 'answered',
    disposition: expect.objectContaining({
      kind: 'failTask',
      failure: expect.objectContaining({ error }) as unknown,
    }) as unknown,
  }) as unknown;
}

describe('verdictFor', () => {
  it('is about the lookup where one is asked for, and else about the call', () => {
    const entry = entryIn(UNKNOWN);

    expect(verdictFor({ lookup: true }, entry, after)).toEqual(lookupVerdictOf(entry, after.nowMs));
    expect(verdictFor({ lookup: false }, entry, after)).toEqual(verdictOf(entry, after));
  });
});

describe('verdictOf', () => {
  it('lets a call be made of which the ledger knows nothing', () => {
    expect(verdictOf(undefined, before)).toEqual({ kind: 'mayCall', expected: undefined });
  });

  it.each([
    ['started, and may be running', STARTED, before, { kind: 'wait', untilMs: DONE_BY_MS }],
    ['started, and is over by now', STARTED, after, failsWith('LegacyApi.OutcomeUnknown')],
    ['unknown, and may be running', UNKNOWN, before, failsWith('LegacyApi.OutcomeUnknown')],
    ['unknown, and is over by now', UNKNOWN, after, failsWith('LegacyApi.OutcomeUnknown')],
    [
      'succeeded',
      SUCCEEDED,
      after,
      { kind: 'answered', disposition: { kind: 'succeedTask', outputJson: '{"ok":true}' } },
    ],
    ['rejected', { kind: 'rejected', failure: REJECTED }, after, failsWith('LegacyApi.Rejected')],
    [
      'executed with too large a result',
      { kind: 'responseTooLarge', failure: TOO_LARGE },
      after,
      failsWith('LegacyApi.ResponseTooLarge'),
    ],
  ] as const)('never has a call repeated that %s', (_what, state, claimant, verdict) => {
    expect(verdictOf(entryIn(state), claimant)).toEqual(verdict);
  });

  it('says to the task itself that nobody has heard so far that its outcome is unknown, because the slot died', () => {
    expect(verdictOf(entryIn(STARTED), after)).toMatchObject({ newlyUnknown: true });
    expect(verdictOf(entryIn(STARTED), { ...after, task: 'task-2' })).not.toHaveProperty('newlyUnknown');
    expect(verdictOf(entryIn(UNKNOWN), after)).not.toHaveProperty('newlyUnknown');
  });

  it.each([
    ['the same payload', before],
    ['a corrected payload', { ...before, payload: 'payload-2' }],
  ])('lets another task make a rejected call again with %s', (_what, claimant) => {
    const entry = entryIn({ kind: 'rejected', failure: REJECTED });

    expect(verdictOf(entry, { ...claimant, task: 'task-2' })).toEqual({
      kind: 'mayCall',
      expected: entry.revision,
    });
  });

  it.each([STARTED, UNKNOWN, SUCCEEDED, { kind: 'responseTooLarge', failure: TOO_LARGE } as const])(
    'refuses the key of a call with another payload that is $kind',
    (state) => {
      const verdict = verdictOf(entryIn(state), { ...before, task: 'task-2', payload: 'payload-2' });

      expect(verdict).toEqual(failsWith('Orchestrator.InvalidRequest'));
    },
  );
});

describe('lookupVerdictOf', () => {
  it('lets a call be looked up of which the ledger knows nothing', () => {
    expect(lookupVerdictOf(undefined, 0)).toEqual({ kind: 'mayCall', expected: undefined });
  });

  it.each([STARTED, UNKNOWN])('waits until a call that is $kind can no longer be running', (state) => {
    const entry = entryIn(state);

    expect(lookupVerdictOf(entry, DONE_BY_MS - 1)).toEqual({ kind: 'wait', untilMs: DONE_BY_MS });
    expect(lookupVerdictOf(entry, DONE_BY_MS)).toEqual({ kind: 'mayCall', expected: entry.revision });
  });

  it.each([
    [SUCCEEDED, '{"executed":true,"result":{"ok":true}}'],
    [{ kind: 'rejected', failure: REJECTED } as const, '{"executed":false}'],
  ])('answers from the ledger where the call is $kind', (state, outputJson) => {
    expect(lookupVerdictOf(entryIn(state), 0)).toEqual({
      kind: 'answered',
      disposition: { kind: 'succeedTask', outputJson },
    });
  });

  it('fails the lookup of a call whose result was too large to keep', () => {
    const entry = entryIn({ kind: 'responseTooLarge', failure: TOO_LARGE });

    expect(lookupVerdictOf(entry, 0)).toEqual(failsWith('LegacyApi.ResponseTooLarge'));
  });

  it('fails where the result fits into a task but the answer around it does not', () => {
    const entry = entryIn({ kind: 'succeeded', outputJson: JSON.stringify('x'.repeat(262_140)) });

    expect(lookupVerdictOf(entry, 0)).toEqual(failsWith('LegacyApi.ResponseTooLarge'));
  });
});
