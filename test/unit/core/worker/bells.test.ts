import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';

function workFor(world: SlotWorld, seconds: number): void {
  for (let index = 1; index <= seconds; index += 1) world.send({ callId: `call-${index}` });
}

describe('the bells of a slot', () => {
  it('ring as soon as it finds work, and every few seconds while it does', async () => {
    const world = aSlotWorld();
    workFor(world, 13);

    await world.serve(aConfig({ ringEveryMs: 5_000 }));

    // Once a turn, and a turn begins a fetch lead before its call.
    expect(world.journal.timed(/^ring/)).toEqual(['0: ring 0', '5996: ring 0', '10996: ring 0']);
  });

  it('are silent when it finds nothing', async () => {
    const world = aSlotWorld();

    await world.serve(aConfig());

    expect(world.journal.lines(/^ring/)).toEqual([]);
  });

  it('ring again when its budget has ended and work remains, once the slot is free', async () => {
    const world = aSlotWorld();
    workFor(world, 20);

    const end = await world.serve(aConfig({ slotBudgetMs: 10_000, ringEveryMs: 60_000 }));

    expect(end).toBe('budget');
    expect(world.journal.timed(/^ring/)).toEqual(['0: ring 0', '10000: ring 0']);
  });

  it('ring later when its budget ends before it could start a call', async () => {
    const world = aSlotWorld();
    const pace = { slots: 1, holdMs: 60_000 };
    world.slots.records.set('other', { slotId: 'other', pace, expiresAtMs: instant(90_000) });
    workFor(world, 1);

    const end = await world.serve(aConfig());

    expect(end).toBe('budget');
    expect(world.journal.lines(/^(call|ring)/)).toEqual(['ring 10000']);
  });

  it('announce the repeat of a call that failed because the legacy API was unavailable', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: { kind: 'notSent', reason: 'ECONNREFUSED' } });
    world.send({ attempt: 2 });

    await world.serve(aConfig());

    expect(world.journal.lines(/^ring/)).toEqual(['ring 0', 'ring 8000']);
  });

  it('announce nothing where a task fails for good', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: answered(422) });
    world.send();

    await world.serve(aConfig());

    expect(world.journal.lines(/^ring/)).toEqual(['ring 0']);
  });

  it('cost no call when they cannot be rung', async () => {
    const world = aSlotWorld();
    world.doorbell.broken = true;
    workFor(world, 2);

    const end = await world.serve(aConfig());

    expect(end).toBe('idle');
    expect(world.callback.succeeded.size).toBe(2);
    expect(world.telemetry.of('problem')).toMatchObject([{ what: 'ring the doorbell' }]);
  });

  it('have all rung before the slot ends, however long the first of them takes', async () => {
    const world = aSlotWorld();
    world.doorbell.latencyMs = 15_000;
    world.clock.at(instant(500), () => (world.doorbell.latencyMs = 0));
    workFor(world, 20);

    await world.serve(aConfig({ slotBudgetMs: 10_000 }));

    const rings = world.journal.lines(/^ring/).length;
    expect(world.telemetry.of('rang')).toHaveLength(rings);
  });
});
