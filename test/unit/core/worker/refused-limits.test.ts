import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, type SlotWorld } from '../../../support/a-slot-world.js';

function aBacklog(world: SlotWorld): void {
  for (let index = 1; index <= 60; index += 1) world.send({ callId: `call-${index}` });
}

describe('a live limit that no slot can keep', () => {
  it('is refused where it has fewer calls than there are slots: no call is made, and a bell is left', async () => {
    const world = aSlotWorld();
    world.decree({ limits: [{ calls: 1, windowMs: 3_000 }] });
    aBacklog(world);

    const end = await world.serve(aConfig({ limits: [{ calls: 2, windowMs: 1_000 }], slots: 2 }));

    expect(end).toBe('problem');
    expect(world.journal.lines(/^(receive|call|ring)/)).toEqual(['ring 5000']);
    expect(world.telemetry.of('problem')).toMatchObject([
      { reason: expect.stringContaining('2 slots') as string },
    ]);
  });

  it('is refused where its hold does not fit into the budget of a slot', async () => {
    const world = aSlotWorld();
    world.decree({ limits: [{ calls: 1, windowMs: 60_000 }] });
    aBacklog(world);

    const end = await world.serve(aConfig({ slotBudgetMs: 60_000 }));

    expect(end).toBe('problem');
    expect(world.journal.lines(/^call/)).toEqual([]);
  });

  it('is refused where it is an empty list, which would remove every limit', async () => {
    const world = aSlotWorld();
    world.decree({ limits: [] });
    aBacklog(world);

    const end = await world.serve(aConfig());

    expect(end).toBe('problem');
    expect(world.journal.lines(/^call/)).toEqual([]);
    expect(world.telemetry.of('problem')).toMatchObject([
      { reason: expect.stringContaining('an empty list') as string },
    ]);
  });

  it('is no fault where it is an empty list and the configuration has no limits either', async () => {
    const world = aSlotWorld();
    world.decree({ limits: [] });
    world.send();

    await world.serve(aConfig({ limits: [] }));

    expect(world.journal.lines(/^call/)).toHaveLength(1);
  });

  it('that is refused while a slot serves ends it after the hold it knew', async () => {
    const world = aSlotWorld();
    world.decree({ limits: [{ calls: 1, windowMs: 300_000 }] }, 1_500);
    aBacklog(world);

    const end = await world.serve(aConfig());

    expect(end).toBe('problem');
    expect(world.journal.times(/^call/)).toEqual([0, 1_000]);
    expect(world.journal.times(/^close slot/)).toEqual([2_000]);
  });
});
