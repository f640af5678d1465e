import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';
import { tokenOf } from '../../../support/a-task-request.js';
import { constantRandom } from '../../../support/seeded-random.js';

const longAgo = { enqueuedAt: new Date(instant(-60_000)).toISOString(), priority: 'BATCH' as const };

function sendDead(world: SlotWorld, count: number): void {
  for (let index = 1; index <= count; index += 1) {
    const callId = `dead-${index}`;
    world.callback.closed.add(tokenOf(callId));
    world.send({ callId, ...longAgo });
  }
}

describe('a backlog whose tasks have ended', () => {
  it('is taken one by one until three in a row were dead, and then by the batch', async () => {
    const world = aSlotWorld();
    sendDead(world, 13);

    await world.serve(aConfig());

    const ofBatch = world.journal.lines(/(receive|receive some) BATCH/);
    expect(ofBatch.slice(0, 5)).toEqual([
      'receive BATCH',
      'receive BATCH',
      'receive BATCH',
      'receive some BATCH',
      'receive some BATCH',
    ]);
    expect(world.telemetry.of('abandoned')).toHaveLength(13);
    expect(world.queues.labels).toEqual([]);
  });

  it('is cleared while the hold runs', async () => {
    const world = aSlotWorld();
    world.callback.latencyMs = 100;
    sendDead(world, 163);
    world.send({ callId: 'alive', priority: 'HIGH' }, { afterMs: 350 });

    await world.serve(aConfig({ limits: [{ calls: 1, windowMs: 20_000 }], slotBudgetMs: 50_000 }));

    expect(world.journal.lines(/^call/)).toEqual(['call alive']);
    expect(world.queues.labels).toEqual([]);
    expect(Math.max(...world.journal.times(/^delete dead/))).toBeLessThan(3_000);
  });

  it('gives back what is alive in a batch, but for the first, which is called for', async () => {
    const world = aSlotWorld();
    sendDead(world, 4);
    for (const callId of ['alive-1', 'alive-2']) world.send({ callId, ...longAgo });

    await world.serve(aConfig());

    expect(world.journal.lines(/^(call|defer)/)).toEqual([
      'defer alive-2 by 0',
      'call alive-1',
      'call alive-2',
    ]);
  });

  it('never has more urgent work wait for it', async () => {
    const world = aSlotWorld();
    world.callback.latencyMs = 20;
    sendDead(world, 400);
    for (const afterMs of [150, 350]) world.send({ callId: `at-${afterMs}`, priority: 'HIGH' }, { afterMs });

    await world.serve(aConfig({ limits: [] }));

    const [first, second] = world.journal.times(/^call/);
    expect(first).toBeLessThanOrEqual(150 + 60);
    expect(second).toBeLessThanOrEqual(350 + 60);
  });

  it('has nobody wait once it is cleared, although its class leads the turn', async () => {
    const world = aSlotWorld(constantRandom(0));
    sendDead(world, 3);
    world.send({ callId: 'normal' });

    await world.serve(aConfig());

    expect(world.journal.lines(/receive some BATCH/)).not.toEqual([]);
    expect(world.journal.timed(/^call/)).toEqual(['0: call normal']);
  });

  it('does not have living messages of another class taken by the batch', async () => {
    const world = aSlotWorld();
    sendDead(world, 30);
    for (let index = 1; index <= 3; index += 1) world.send({ callId: `high-${index}`, priority: 'HIGH' });

    await world.serve(aConfig());

    expect(world.journal.lines(/receive some/)).not.toContain('receive some HIGH');
    expect(world.journal.lines(/^defer/)).toEqual([]);
  });
});
