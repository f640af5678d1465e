import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, type SlotWorld } from '../../../support/a-slot-world.js';
import { tokenOf } from '../../../support/a-task-request.js';
import { answered } from '../../../support/scripted-legacy-api.js';
import { UNAVAILABLE } from '../../../support/scripted-callback.js';
import { constantRandom } from '../../../support/seeded-random.js';

const TOKEN = tokenOf('call-1');

async function serveOne(world: SlotWorld): Promise<void> {
  world.send();
  await world.serve(aConfig({ limits: [{ calls: 1, windowMs: 20_000 }], slotBudgetMs: 30_000 }));
}

describe('settling a message', () => {
  it('resumes the task with the result, and then deletes the message', async () => {
    const world = aSlotWorld();

    await serveOne(world);

    expect(world.callback.succeeded.get(TOKEN)).toBe('{"ok":true}');
    expect(world.journal.lines(/^(call|succeed|delete)/)).toEqual([
      'call call-1',
      'succeed call-1',
      'delete call-1',
    ]);
  });

  it('fails the task by type, and then deletes the message', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: answered(422, { body: 'no such order' }) });

    await serveOne(world);

    expect(world.callback.failed.get(TOKEN)).toEqual({
      error: 'LegacyApi.Rejected',
      cause: 'status 422: no such order',
    });
    expect(world.journal.lines(/^(fail|delete)/)).toEqual(['fail call-1', 'delete call-1']);
  });

  it('repeats a callback that is not taken with growing waits, and never the call', async () => {
    const world = aSlotWorld(constantRandom(0.99));
    world.callback.script.push(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE);

    await serveOne(world);

    expect(world.journal.lines(/^call/)).toEqual(['call call-1']);
    expect(world.journal.timed(/^succeed/)).toEqual([
      '100: succeed call-1',
      '200: succeed call-1',
      '399: succeed call-1',
      '797: succeed call-1',
    ]);
    expect(world.queues.labels).toEqual([]);
    expect(world.telemetry.of('callbackRetried')).toHaveLength(3);
  });

  it('waits at least half of the backoff, by how the jitter falls', async () => {
    const world = aSlotWorld(constantRandom(0));
    world.callback.script.push(UNAVAILABLE);

    await serveOne(world);

    expect(world.journal.times(/^succeed/)).toEqual([100, 150]);
  });

  it.each([
    ['a result', answered(200)],
    ['a failure', answered(422)],
  ])(
    'leaves the message in its queue when the callback of %s is not taken in time',
    async (_what, exchange) => {
      const world = aSlotWorld();
      world.callback.unavailable = true;
      world.legacyApi.script.push({ exchange });

      await serveOne(world);

      expect(world.journal.lines(/^delete/)).toEqual([]);
      expect(world.queues.labels).toEqual(['call-1']);
      expect(Math.max(...world.journal.times(/^(succeed|fail)/))).toBeLessThanOrEqual(100 + 5_500);
    },
  );

  it('fails the task when Step Functions does not take its result, and calls nobody again', async () => {
    const world = aSlotWorld();
    world.callback.script.push({ kind: 'refused', reason: 'InvalidOutput' });

    await serveOne(world);

    expect(world.journal.lines(/^(call|succeed|fail|delete)/)).toEqual([
      'call call-1',
      'succeed call-1',
      'fail call-1',
      'delete call-1',
    ]);
    expect(world.callback.failed.get(TOKEN)).toMatchObject({ error: 'LegacyApi.ResponseRefused' });
  });

  it('counts a late result when the task has closed during the call, and deletes the message', async () => {
    const world = aSlotWorld();
    world.clock.at(world.clock.nowMs() + 50, () => world.callback.closed.add(TOKEN));

    await serveOne(world);

    expect(world.telemetry.of('lateResult')).toMatchObject([{ callId: 'call-1', perhapsDelivered: false }]);
    expect(world.queues.labels).toEqual([]);
  });

  it('does not say that a result came too late which may have been taken, its answer lost', async () => {
    const world = aSlotWorld();
    const { callback } = world;
    const succeed = callback.succeed.bind(callback);
    let attempts = 0;
    callback.succeed = async (...result) => {
      attempts += 1;
      const outcome = await succeed(...result);
      return attempts === 1 ? { kind: 'unavailable', reason: 'TimeoutError' } : outcome;
    };

    await serveOne(world);

    expect(attempts).toBe(2);
    expect(world.telemetry.of('lateResult')).toMatchObject([{ callId: 'call-1', perhapsDelivered: true }]);
    expect(world.queues.labels).toEqual([]);
  });

  it('takes place also where the gate cannot be closed, so that a refused call is not left open', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: answered(429) });
    world.control.changeGate = () => Promise.reject(new Error('the table is away'));
    world.send({ operation: 'bookOrder' });

    expect(await world.serve(aConfig())).toBe('problem');

    expect(world.journal.lines(/^(ledger|call|defer)/)).toEqual([
      'ledger key-call-1: started',
      'call call-1',
      'ledger key-call-1: forgotten',
      'defer call-1 by 1000',
    ]);
  });

  it('runs while the next hold does', async () => {
    const world = aSlotWorld();
    world.callback.latencyMs = 800;
    world.send({ callId: 'first' });
    world.send({ callId: 'second' });

    await world.serve(aConfig());

    expect(world.journal.timed(/^(call|delete)/)).toEqual([
      '0: call first',
      '900: delete first',
      '1000: call second',
      '1900: delete second',
    ]);
  });

  it('is over before the next call starts', async () => {
    const world = aSlotWorld();
    world.callback.script.push(...Array.from({ length: 5 }, () => UNAVAILABLE));
    world.send({ callId: 'first' });
    world.send({ callId: 'second' });

    await world.serve(aConfig());

    expect(world.journal.lines(/^(call|delete)/)).toEqual([
      'call first',
      'delete first',
      'call second',
      'delete second',
    ]);
  });

  it.each(['delete', 'defer'] as const)(
    'reports a queue that does not %s, and serves on',
    async (operation) => {
      const world = aSlotWorld();
      world.queues.broken.add(operation);
      world.legacyApi.script.push({
        exchange: answered(operation === 'defer' ? 429 : 200, { retryAfter: '1' }),
      });
      world.send({ callId: 'first' });
      world.send({ callId: 'second' });

      const end = await world.serve(aConfig());

      expect(end).toBe('idle');
      expect(world.journal.lines(/^call/)).toEqual(['call first', 'call second']);
      expect(world.telemetry.of('problem')[0]).toMatchObject({ what: 'settle a message' });
    },
  );
});
