import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';

describe('a pause', () => {
  it('of one class leaves its messages alone', async () => {
    const world = aSlotWorld();
    world.decree({ paused: ['NORMAL'] });
    world.send({ callId: 'normal', priority: 'NORMAL' });
    world.send({ callId: 'batch', priority: 'BATCH' });

    const end = await world.serve(aConfig());

    expect(end).toBe('idle');
    expect(world.journal.lines(/^call/)).toEqual(['call batch']);
    expect(world.journal.lines(/NORMAL/)).toEqual([]);
    expect(world.queues.receiveCounts).toEqual([0]);
  });

  it('of HIGH makes a slot linger on the next class', async () => {
    const world = aSlotWorld();
    world.decree({ paused: ['HIGH'] });

    await world.serve(aConfig());

    expect(world.journal.lines(/^linger/)).toEqual(['linger NORMAL']);
  });

  it('of every class ends a slot at once, without a bell', async () => {
    const world = aSlotWorld();
    world.decree({ paused: ['HIGH', 'NORMAL', 'BATCH'] });
    world.send();

    const end = await world.serve(aConfig());

    expect(end).toBe('paused');
    expect(world.journal.lines(/^(receive|linger|ring)/)).toEqual([]);
  });

  it('acts within a second on a slot that serves', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 40; index += 1) world.send({ callId: `call-${index}` });
    world.decree({ paused: ['HIGH', 'NORMAL', 'BATCH'] }, 1_050);

    const end = await world.serve(aConfig({ limits: [] }));

    expect(end).toBe('paused');
    expect(Math.max(...world.journal.times(/^call/))).toBeLessThan(2_050);
  });

  it('that begins while a message is in hand makes the slot give it back', async () => {
    const world = aSlotWorld();
    world.send({ callId: 'in-hand' }, { receiveCount: 1 });
    world.callback.latencyMs = 1_200;
    world.decree({ paused: ['NORMAL'] }, 600);

    await world.serve(aConfig());

    expect(world.journal.lines(/^(took|probe|call|defer)/)).toEqual([
      'took in-hand',
      'probe in-hand',
      'defer in-hand by 0',
    ]);
    expect(world.queues.labels).toEqual(['in-hand']);
    expect(world.telemetry.of('deferred')).toMatchObject([{ callId: 'in-hand', delayMs: 0 }]);
    // For the work that was found; nobody need look for a message that may not be called for.
    expect(world.journal.lines(/^ring/)).toEqual(['ring 0']);
  });

  it('fails the task of a message in hand by type once it was given back too often', async () => {
    const world = aSlotWorld();
    world.send({}, { receiveCount: 5 });
    world.callback.latencyMs = 1_200;
    world.decree({ paused: ['NORMAL'] }, 600);

    await world.serve(aConfig({ maxDeferrals: 5 }));

    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.Unavailable' });
    expect(world.queues.labels).toEqual([]);
  });
});
