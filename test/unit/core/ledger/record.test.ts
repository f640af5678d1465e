import { TASK_ERRORS } from '../../../../lambdas/core/contracts/task-errors.js';
import { changeAfterCall, lookedUp } from '../../../../lambdas/core/ledger/record.js';
import type { Disposition } from '../../../../lambdas/core/outcomes/disposition.js';
import type { LegacyOutcome } from '../../../../lambdas/core/outcomes/legacy-outcome.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';

const KEY = { operation: 'bookOrder', idempotencyKey: 'booking-7' };
const entry = aLedgerEntry();
const DONE_BY_MS = entry.doneByMs - 4_000;

function ended(outcome: LegacyOutcome, disposition: Disposition) {
  return { outcome, disposition, doneByMs: DONE_BY_MS };
}

const failure = { error: TASK_ERRORS.rejected, cause: 'status 409: no' };
const failTask = { kind: 'failTask', failure } as const;
const giveBack = { kind: 'giveBack', delayMs: 0 } as const;
const succeedTask = { kind: 'succeedTask', outputJson: '7' } as const;

describe('changeAfterCall', () => {
  it.each([
    [ended({ kind: 'succeeded', outputJson: '7' }, succeedTask), { kind: 'succeeded', outputJson: '7' }],
    [ended({ kind: 'rejected', status: 409, bodyExcerpt: 'no' }, failTask), { kind: 'rejected', failure }],
    [ended({ kind: 'responseTooLarge', status: 200 }, failTask), { kind: 'responseTooLarge', failure }],
    [
      ended({ kind: 'outcomeUnknown', reason: 'lost' }, failTask),
      { kind: 'unknown', cause: 'status 409: no' },
    ],
  ] as const)('remembers what came of a call: $outcome.kind', (call, state) => {
    const change = changeAfterCall({ key: KEY, entry }, call);

    expect(change).toMatchObject({ key: KEY, expected: entry.revision });
    expect(change.entry).toMatchObject({ task: entry.task, payload: entry.payload, state });
    expect(change.entry?.doneByMs).toBe(DONE_BY_MS);
  });

  it.each([
    ended({ kind: 'throttled', retryAfterMs: 5 }, giveBack),
    ended({ kind: 'unavailable', reason: 'ECONNREFUSED' }, failTask),
  ])('forgets a call that was not executed: $outcome.kind', (call) => {
    const change = changeAfterCall({ key: KEY, entry }, call);

    expect(change).toEqual({ key: KEY, expected: entry.revision, entry: undefined });
  });

  it('gives the entry another revision each time, so that nobody who read an old one can replace it', () => {
    const succeeded = ended({ kind: 'succeeded', outputJson: '7' }, succeedTask);

    const first = changeAfterCall({ key: KEY, entry }, succeeded).entry ?? entry;
    const second = changeAfterCall({ key: KEY, entry: first }, succeeded).entry ?? first;

    expect(new Set([entry.revision, first.revision, second.revision]).size).toBe(3);
  });
});

describe('lookedUp', () => {
  const found = ended({ kind: 'succeeded', outputJson: '7' }, succeedTask);
  const notFound = ended({ kind: 'notFound', status: 404 }, failTask);

  it('remembers the result of a call that was found executed', () => {
    const { disposition, change } = lookedUp({ key: KEY, entry }, found);

    expect(disposition).toEqual({ kind: 'succeedTask', outputJson: '{"executed":true,"result":7}' });
    expect(change?.expected).toBe(entry.revision);
    expect(change?.entry).toMatchObject({ state: { kind: 'succeeded', outputJson: '7' } });
    expect(change?.entry?.revision).not.toBe(entry.revision);
  });

  it('forgets a call that was found not executed', () => {
    expect(lookedUp({ key: KEY, entry }, notFound)).toEqual({
      disposition: { kind: 'succeedTask', outputJson: '{"executed":false}' },
      change: { key: KEY, expected: entry.revision, entry: undefined },
    });
  });

  it.each([found, notFound])('has nothing to correct where there is no entry', (call) => {
    expect(lookedUp({ key: KEY, entry: undefined }, call).change).toBeUndefined();
  });

  it.each([
    ['a refusal', ended({ kind: 'rejected', status: 403, bodyExcerpt: '' }, failTask)],
    ['no answer', ended({ kind: 'unavailable', reason: 'ECONNREFUSED' }, failTask)],
    ['a 429', ended({ kind: 'throttled', retryAfterMs: 5 }, giveBack)],
    ['too large a result', ended({ kind: 'responseTooLarge', status: 404 }, failTask)],
  ])('leaves the question open after %s', (_what, call) => {
    expect(lookedUp({ key: KEY, entry }, call)).toEqual({ disposition: call.disposition });
  });
});
