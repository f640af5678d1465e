import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';
import { tokenOf } from '../../../support/a-task-request.js';

describe('the budget of a slot', () => {
  it('ends it before a call that would start after it', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 20; index += 1) world.send({ callId: `call-${index}` });

    const end = await world.serve(aConfig({ slotBudgetMs: 10_000 }));

    expect(end).toBe('budget');
    expect(world.journal.times(/^call/)).toEqual([
      0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000,
    ]);
  });

  it('ends it also while it only drops dead work', async () => {
    const world = aSlotWorld();
    world.callback.latencyMs = 500;
    for (let index = 1; index <= 800; index += 1) {
      world.callback.closed.add(tokenOf(`call-${index}`));
      world.send({ callId: `call-${index}` }, { receiveCount: 1 });
    }

    const end = await world.serve(aConfig({ slotBudgetMs: 10_000 }));

    expect(end).toBe('budget');
    expect(Math.max(...world.journal.times(/^took/))).toBeLessThan(10_000);
    expect(world.journal.lines(/^call/)).toEqual([]);
  });

  it('counts from the start of the slot, its wait after a crash included', async () => {
    const world = aSlotWorld();
    const pace = { slots: 1, holdMs: 1_000 };
    const expiresAtMs = world.clock.nowMs() + 60_000;
    world.slots.records.set('dead', { slotId: 'dead', pace, expiresAtMs });
    for (let index = 1; index <= 20; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(aConfig({ slotBudgetMs: 8_000 }));

    expect(world.journal.times(/^call/)).toEqual([5_000, 6_000, 7_000]);
  });
});
