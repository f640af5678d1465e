import { type PhaseClues, phaseOf } from '../../../../lambdas/core/status/phase.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';

const WAITING: PhaseClues = {
  isRunning: true,
  lastEvent: 'TaskSubmitted',
  inFlight: 1,
  entry: undefined,
  nowMs: 1_000,
};

const STARTED = aLedgerEntry({ state: { kind: 'started' }, doneByMs: 2_000 });

describe('phaseOf', () => {
  it.each([
    ['done', 'the execution has ended', { isRunning: false }],
    ['betweenCalls', 'no task waits', { lastEvent: 'TaskFailed' }],
    ['queued', 'no message of its class is in flight', { inFlight: 0 }],
    ['queuedOrCalling', 'some message of its class is in flight', {}],
    ['calling', 'the ledger says so', { entry: STARTED }],
    ['queuedOrCalling', 'the call in the ledger must be over', { entry: STARTED, nowMs: 2_000 }],
  ])('is %s where %s', (phase, _, clues) => {
    expect(phaseOf({ ...WAITING, ...clues })).toBe(phase);
  });
});
