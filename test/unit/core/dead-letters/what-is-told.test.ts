import type { LedgerState } from '../../../../lambdas/core/ledger/ledger-entry.js';
import { aDeadLetter, aDeadLetterWorld } from '../../../support/a-dead-letter-world.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { tokenOf } from '../../../support/a-task-request.js';
import { START_MS } from '../../../support/virtual-clock.js';

const TOKEN = tokenOf('call-1');
const KEY = { operation: 'bookOrder', idempotencyKey: 'key-call-1' };

function aWorldThatKnows(state: LedgerState, doneByMs = START_MS) {
  const world = aDeadLetterWorld();
  world.ledger.put(KEY, aLedgerEntry({ state, doneByMs }));
  return world;
}

describe('people who look at a parked message are told', () => {
  it('that its call had succeeded', async () => {
    const world = aWorldThatKnows({ kind: 'succeeded', outputJson: '7' });

    await world.handle(aDeadLetter({ operation: 'bookOrder' }));

    expect(world.parked).toMatchObject([{ reason: 'its call had succeeded: the ledger had the result' }]);
  });

  it('every fault of one that is not a task request, each apart from the next', async () => {
    const world = aDeadLetterWorld();

    await world.handle({ ...aDeadLetter(), body: '{}' });

    const reason = world.parked[0]?.reason ?? '';
    expect(reason).toMatch(/^the message is not a task request: schemaVersion: .*; taskToken: .*; callId: /);
  });

  it('that nobody knows what became of a task which Step Functions refused to fail', async () => {
    const world = aDeadLetterWorld();
    world.callback.script.push({ kind: 'refused', reason: 'InvalidToken' });

    expect(await world.handle(aDeadLetter())).toBe('finished');

    expect(world.parked).toMatchObject([{ task: 'unknown', error: 'Orchestrator.DeadLettered' }]);
  });
});

describe('logs and metrics are told', () => {
  it('which call was given up, with what error and after how many receives', async () => {
    const world = aDeadLetterWorld();

    await world.handle(aDeadLetter({ priority: 'HIGH' }));

    expect(world.events).toEqual([
      {
        ...{ kind: 'parked', task: 'failed', error: 'Orchestrator.DeadLettered', receiveCount: 21 },
        call: {
          ...{ priority: 'HIGH', callId: 'call-1', operation: 'getOrder' },
          execution: 'arn:aws:states:eu-west-1:123456789012:execution:order-sync:4711',
        },
      },
    ]);
  });

  it('of no call where the message is no task request', async () => {
    const world = aDeadLetterWorld();

    await world.handle({ ...aDeadLetter(), body: 'hello' });

    expect(world.events).toMatchObject([{ kind: 'parked', call: undefined }]);
  });

  it('that a letter was postponed because its call may still be running', async () => {
    const world = aWorldThatKnows({ kind: 'started' }, START_MS + 7_500);

    await world.handle(aDeadLetter({ operation: 'bookOrder' }));

    expect(world.events).toEqual([{ kind: 'postponed', delayMs: 7_500, why: 'mayBeRunning' }]);
  });

  it('that a letter was postponed because its task could not be told', async () => {
    const world = aDeadLetterWorld();
    world.callback.unavailable = true;

    await world.handle(aDeadLetter());

    expect(world.events).toEqual([{ kind: 'postponed', delayMs: 30_000, why: 'callbackFailed' }]);
  });

  it('of a failure that is no error by no more than that', async () => {
    const world = aDeadLetterWorld();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what a library may throw
    world.callback.fail = () => Promise.reject(TOKEN);

    expect(await world.handle(aDeadLetter())).toBe('comesBack');

    expect(world.events).toEqual([{ kind: 'problem', reason: 'unknown error' }]);
  });
});
