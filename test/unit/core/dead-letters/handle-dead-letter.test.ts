import type { TaskRequestBody } from '../../../../lambdas/core/contracts/task-request.js';
import type { LedgerState } from '../../../../lambdas/core/ledger/ledger-entry.js';
import { aDeadLetter, aDeadLetterWorld } from '../../../support/a-dead-letter-world.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { tokenOf } from '../../../support/a-task-request.js';
import { START_MS } from '../../../support/virtual-clock.js';

const ONCE: Partial<TaskRequestBody> = { operation: 'bookOrder' };
const KEY = { operation: 'bookOrder', idempotencyKey: 'key-call-1' };
const TOKEN = tokenOf('call-1');
const REJECTED = { error: 'LegacyApi.Rejected', cause: 'status 422: no such order' } as const;
const TOO_LARGE = { error: 'LegacyApi.ResponseTooLarge', cause: 'status 200: too large' } as const;

type World = ReturnType<typeof aDeadLetterWorld>;

function aWorldThatKnows(state: LedgerState, doneByMs = START_MS): World {
  const world = aDeadLetterWorld();
  world.ledger.put(KEY, aLedgerEntry({ state, doneByMs }));
  return world;
}

describe('a dead letter', () => {
  it('fails its task and is parked, with how often it was received and since when', async () => {
    const world = aDeadLetterWorld();

    expect(await world.handle(aDeadLetter())).toBe('finished');

    const { error, cause } = world.callback.failed.get(TOKEN) ?? {};
    expect(error).toBe('Orchestrator.DeadLettered');
    expect(cause).toContain('received 21 times since 2030-01-31T12:00:00.000Z');
    expect(world.parked).toEqual([
      {
        ...{ body: aDeadLetter().body, task: 'failed', error, reason: cause },
        ...{ receiveCount: 21, enqueuedAtMs: START_MS, parkedAtMs: START_MS },
      },
    ]);
  });

  it('is parked only after its task was told', async () => {
    const world = aDeadLetterWorld();

    await world.handle(aDeadLetter());

    expect(world.journal.lines()).toEqual(['fail call-1', 'park']);
  });

  it('of a call that had succeeded resumes its task with the result', async () => {
    const world = aWorldThatKnows({ kind: 'succeeded', outputJson: '{"booking":7}' });

    expect(await world.handle(aDeadLetter(ONCE))).toBe('finished');

    expect(world.callback.succeeded.get(TOKEN)).toBe('{"booking":7}');
    expect(world.parked).toMatchObject([{ task: 'resumed', error: undefined }]);
  });

  it('of a call whose result Step Functions does not take fails its task with that', async () => {
    const world = aWorldThatKnows({ kind: 'succeeded', outputJson: '{"booking":7}' });
    world.callback.script.push({ kind: 'refused', reason: 'InvalidOutput' });

    expect(await world.handle(aDeadLetter(ONCE))).toBe('finished');

    expect(world.callback.failed.get(TOKEN)?.cause).toContain('does not take its result: InvalidOutput');
    expect(world.parked).toMatchObject([{ task: 'failed', error: world.callback.failed.get(TOKEN)?.error }]);
  });

  it.each<[string, LedgerState, object]>([
    ['was rejected', { kind: 'rejected', failure: REJECTED }, REJECTED],
    ['had too large a result', { kind: 'responseTooLarge', failure: TOO_LARGE }, TOO_LARGE],
    ['has an unknown outcome', { kind: 'unknown', cause: 'reset' }, { error: 'LegacyApi.OutcomeUnknown' }],
    ['was started and never ended', { kind: 'started' }, { error: 'LegacyApi.OutcomeUnknown' }],
  ])('of a `once` call that %s fails its task with that', async (_what, state, failure) => {
    const world = aWorldThatKnows(state);

    expect(await world.handle(aDeadLetter(ONCE))).toBe('finished');

    expect(world.callback.failed.get(TOKEN)).toMatchObject(failure);
    expect(world.parked).toMatchObject([
      { task: 'failed', ...('error' in failure ? { error: failure.error } : {}) },
    ]);
  });

  it('of a call that may still be running comes back when that is over, and tells its task nothing', async () => {
    const world = aWorldThatKnows({ kind: 'started' }, START_MS + 7_500);

    expect(await world.handle(aDeadLetter(ONCE))).toBe('comesBack');

    expect(world.journal.lines()).toEqual(['read ledger key-call-1', 'defer by 7500']);
  });

  it('of a `once` call that nobody started, or that was proven not executed, is given up', async () => {
    const world = aDeadLetterWorld();

    await world.handle(aDeadLetter(ONCE));

    expect(world.callback.failed.get(TOKEN)).toMatchObject({ error: 'Orchestrator.DeadLettered' });
  });

  it('of an idempotent call costs no look into the ledger', async () => {
    const world = aDeadLetterWorld();
    world.ledger.broken = true;

    expect(await world.handle(aDeadLetter())).toBe('finished');
  });

  it('of an operation that is no longer configured still hears what the ledger knows', async () => {
    const world = aDeadLetterWorld();
    const key = { operation: 'dropOrder', idempotencyKey: 'key-call-1' };
    world.ledger.put(key, aLedgerEntry({ state: { kind: 'succeeded', outputJson: '7' } }));

    await world.handle(aDeadLetter({ operation: 'dropOrder' }));

    expect(world.callback.succeeded.get(TOKEN)).toBe('7');
  });

  it.each<[string, LedgerState, string]>([
    ['executed', { kind: 'succeeded', outputJson: '7' }, '{"executed":true,"result":7}'],
    ['not executed', { kind: 'rejected', failure: REJECTED }, '{"executed":false}'],
  ])('of a lookup says %s where the ledger knows it', async (_what, state, output) => {
    const world = aWorldThatKnows(state);

    await world.handle(aDeadLetter({ ...ONCE, lookup: true }));

    expect(world.callback.succeeded.get(TOKEN)).toBe(output);
  });

  it('whose payload nobody can read fails its task with Orchestrator.InvalidRequest', async () => {
    const world = aDeadLetterWorld();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const letter = aDeadLetter(ONCE);

    await world.handle({ ...letter, body: letter.body.replace('{"order":7}', deep) });

    expect(world.callback.failed.get(TOKEN)).toMatchObject({ error: 'Orchestrator.InvalidRequest' });
  });
});

describe('a dead letter that is not a task request', () => {
  it('fails the task whose token it holds, with every fault, and is parked', async () => {
    const world = aDeadLetterWorld();
    const body = JSON.stringify({ taskToken: TOKEN });

    expect(await world.handle({ ...aDeadLetter(), body })).toBe('finished');

    expect(world.callback.failed.get(TOKEN)).toMatchObject({ error: 'Orchestrator.InvalidRequest' });
    expect(world.parked).toMatchObject([{ body, task: 'failed', error: 'Orchestrator.InvalidRequest' }]);
  });

  it('is parked where no token can be read', async () => {
    const world = aDeadLetterWorld();

    expect(await world.handle({ ...aDeadLetter(), body: 'hello' })).toBe('finished');

    expect(world.journal.lines()).toEqual(['park']);
    expect(world.parked).toMatchObject([{ task: 'unknown' }]);
  });
});

describe('a dead letter for which something fails', () => {
  it('is only parked where nobody waits for its task any more', async () => {
    const world = aDeadLetterWorld();
    world.callback.closed.add(TOKEN);

    expect(await world.handle(aDeadLetter())).toBe('finished');

    expect(world.parked).toMatchObject([{ task: 'closed', error: 'Orchestrator.DeadLettered' }]);
    expect(world.events).toMatchObject([{ kind: 'parked', task: 'closed' }]);
  });

  it('comes back unparked when its task cannot be told now', async () => {
    const world = aDeadLetterWorld();
    world.callback.unavailable = true;

    expect(await world.handle(aDeadLetter())).toBe('comesBack');

    expect(world.journal.lines()).toEqual(['fail call-1', 'defer by 30000']);
  });

  it('comes back with its task untold when the ledger cannot be read', async () => {
    const world = aDeadLetterWorld();
    world.ledger.broken = true;

    expect(await world.handle(aDeadLetter(ONCE))).toBe('comesBack');

    expect(world.journal.lines(/^(fail|succeed|park)/)).toEqual([]);
    expect(world.events).toEqual([{ kind: 'problem', reason: 'Error' }]);
  });

  it('comes back when it cannot be parked, and is parked the next time with its task closed', async () => {
    const world = aDeadLetterWorld();
    world.broken.add('park');
    expect(await world.handle(aDeadLetter())).toBe('comesBack');

    world.broken.clear();

    expect(await world.handle(aDeadLetter())).toBe('finished');
    expect(world.parked).toMatchObject([{ task: 'closed' }]);
  });

  it('tells neither token nor payload, whatever happens', async () => {
    const world = aDeadLetterWorld();
    await world.handle(aDeadLetter({ payload: 'the-secret' }));
    world.callback.unavailable = true;
    await world.handle(aDeadLetter({ payload: 'the-secret' }));
    await world.handle({
      ...aDeadLetter(),
      body: JSON.stringify({ taskToken: TOKEN, payload: 'the-secret' }),
    });

    const told = JSON.stringify([world.events, world.parked.map(({ reason }) => reason)]);

    expect(world.events).toHaveLength(3);
    expect(told).not.toContain('token-of');
    expect(told).not.toContain('the-secret');
  });
});
