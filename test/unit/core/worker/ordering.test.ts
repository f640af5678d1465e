import { UNAVAILABLE_RETRY } from '../../../../lambdas/core/contracts/task-errors.js';
import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';
import { tokenOf } from '../../../support/a-task-request.js';

const config = aConfig({ ordering: 'perKey' });
const withoutHold = aConfig({ ordering: 'perKey', limits: [] });

/** Most receives of one message after which it is given back. */
const GIVEN_BACK_MOST = config.maxDeferrals + UNAVAILABLE_RETRY.maxAttempts;

const REFUSED = { exchange: { kind: 'notSent', reason: 'ECONNREFUSED' } } as const;
const LOST = { exchange: { kind: 'lost', reason: 'ECONNRESET' } } as const;
const A = { orderingKey: 'customer-7' };

function aWorldOf(calls: Readonly<Record<string, object>>): SlotWorld {
  const world = aSlotWorld();
  for (const [callId, more] of Object.entries(calls)) world.send({ callId, ...more });
  return world;
}

describe('calls with an ordering key', () => {
  it('are made one after another, and no slot looks for the next before the one before is deleted', async () => {
    const world = aWorldOf({ first: A, second: A, third: A });
    world.callback.latencyMs = 300;

    await world.serve(withoutHold);

    expect(world.journal.timed(/^(call|delete|linger|took)/)).toEqual([
      '0: took first',
      '0: call first',
      '400: delete first',
      '400: took second',
      '400: call second',
      '800: delete second',
      '800: took third',
      '800: call third',
      '1200: delete third',
      '1200: linger HIGH',
    ]);
  });

  it('keep their place where they were not executed: the next of the key waits for their repeat', async () => {
    const world = aWorldOf({ first: A, second: A, other: {} });
    world.legacyApi.script.push(REFUSED);

    await world.serve(config);
    await world.serve(config, 'slot-2');

    expect(world.journal.lines(/^(call|defer|fail)/)).toEqual([
      'call first',
      'defer first by 2000',
      'call other',
      'call first',
      'call second',
    ]);
  });

  it('are repeated after growing waits, and somebody rings for each', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(REFUSED);
    world.send({ callId: 'first', ...A }, { receiveCount: 4 });

    await world.serve(config);

    expect(world.journal.lines(/^(ring [1-9]|defer)/)).toEqual(['ring 32000', 'defer first by 32000']);
  });

  it('fail for good where they have been given back too often, and let the next one go', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(REFUSED);
    world.send({ callId: 'first', ...A }, { receiveCount: GIVEN_BACK_MOST });
    world.send({ callId: 'second', ...A });

    await world.serve(config);

    expect(world.callback.failed.get(tokenOf('first'))).toMatchObject({ error: 'LegacyApi.Unavailable' });
    expect(world.journal.lines(/^(call|fail|delete|ring [1-9])/)).toEqual([
      'call first',
      'fail first',
      'delete first',
      'call second',
      'delete second',
    ]);
  });

  it('wait until the legacy API cannot be working on one that was lost, and is repeated', async () => {
    const world = aWorldOf({ first: A, second: A });
    world.legacyApi.script.push(LOST);

    await world.serve(config);
    await world.serve(config, 'slot-2');

    expect(world.journal.lines(/^(call|defer|ring [1-9])/)).toEqual([
      'call first',
      // From its send on; the lost call has taken 100 ms by now.
      'ring 4900',
      'defer first by 4900',
      'call first',
      'call second',
    ]);
  });

  it('wait so also where its task fails because nobody knows what became of it', async () => {
    const once = { ...A, operation: 'bookOrder' };
    const world = aWorldOf({ first: once, second: once });
    world.legacyApi.script.push(LOST);

    await world.serve(config);
    await world.serve(config, 'slot-2');

    expect(world.callback.failed.get(tokenOf('first'))).toMatchObject({ error: 'LegacyApi.OutcomeUnknown' });
    expect(world.journal.lines(/^(call|fail|defer|delete)/)).toEqual([
      'call first',
      'fail first',
      'defer first by 4900',
      'delete first',
      'call second',
      'delete second',
    ]);
    expect(world.legacyApi.sentAtMs[1]).toBeGreaterThanOrEqual(instant(5_000));
  });

  it('are called in their order when they were received together, whichever is found alive first', async () => {
    const dead = ['dead-1', 'dead-2', 'dead-3', 'dead-4'];
    const alive = ['first', 'second', 'third'];
    const old = { ...A, enqueuedAt: new Date(instant(-60_000)).toISOString() };
    const world = aWorldOf(Object.fromEntries([...dead, ...alive].map((callId) => [callId, old])));
    for (const callId of dead) world.callback.closed.add(tokenOf(callId));
    const { callback } = world;
    const probe = callback.probe.bind(callback);
    callback.probe = async (token) => {
      if (token === tokenOf('first')) await world.clock.sleep(500);
      return probe(token);
    };

    await world.serve(config);

    expect(world.journal.lines(/^receive some/)).not.toEqual([]);
    expect(world.journal.lines(/^call/)).toEqual(['call first', 'call second', 'call third']);
  });

  it('are not called so late that the message could come back before the legacy API is done', async () => {
    const world = aWorldOf({ first: A });
    const { legacyApi } = world;
    const prepare = legacyApi.prepare.bind(legacyApi);
    let slow = true;
    legacyApi.prepare = async (request) => {
      if (slow) await world.clock.sleep(12_000);
      slow = false;
      return prepare(request);
    };

    await world.serve(config);

    expect(world.journal.lines(/^(call|defer)/)).toEqual(['defer first by 0', 'call first']);
  });
});
