import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';

const TEN_PER_SECOND = { limits: [{ calls: 10, windowMs: 1_000 }] };
const ONE_IN_THREE_SECONDS = { limits: [{ calls: 1, windowMs: 3_000 }] };

function aBacklog(world: SlotWorld, count = 60): void {
  for (let index = 1; index <= count; index += 1) world.send({ callId: `call-${index}` });
}

function gaps(timesMs: readonly number[]): readonly number[] {
  return timesMs.slice(1).map((ms, index) => ms - (timesMs[index] ?? 0));
}

describe('a live limit', () => {
  it('is obeyed from the start, in place of the configured one', async () => {
    const world = aSlotWorld();
    world.decree(ONE_IN_THREE_SECONDS);
    aBacklog(world, 3);

    await world.serve(aConfig(TEN_PER_SECOND));

    expect(world.journal.times(/^call/)).toEqual([0, 3_000, 6_000]);
  });

  it('that is stricter is obeyed within a second', async () => {
    const world = aSlotWorld();
    world.decree(ONE_IN_THREE_SECONDS, 1_050);
    aBacklog(world);

    await world.serve(aConfig({ ...TEN_PER_SECOND, slotBudgetMs: 20_000 }));

    const later = world.journal.times(/^call/).filter((ms) => ms >= 2_050);
    expect(gaps(later)).toEqual([3_000, 3_000, 3_000, 3_000, 3_000]);
  });

  it('that is stricter lets nothing be received before the longer hold is about to end', async () => {
    const world = aSlotWorld();
    world.decree(ONE_IN_THREE_SECONDS, 1_050);
    aBacklog(world);

    await world.serve(aConfig({ ...TEN_PER_SECOND, slotBudgetMs: 20_000 }));

    const calls = world.journal.times(/^call/);
    const waits = world.journal
      .times(/^took/)
      .map((tookMs) => Math.min(...calls.filter((ms) => ms >= tookMs)) - tookMs);
    expect(Math.max(...waits)).toBeLessThan(250);
  });

  it('that becomes stricter while a message is in hand makes the slot give it back', async () => {
    const world = aSlotWorld();
    world.send({ callId: 'first' });
    world.send({ callId: 'in-hand' }, { receiveCount: 1 });
    world.callback.latencyMs = 1_200;
    world.decree({ limits: [{ calls: 1, windowMs: 9_000 }] }, 800);

    await world.serve(aConfig({ ...TEN_PER_SECOND, slotBudgetMs: 20_000 }));

    const [firstMs = 0, secondMs = 0] = world.journal.times(/^call/);
    expect(world.journal.lines(/^defer/)).toHaveLength(1);
    expect(secondMs - firstMs).toBeGreaterThanOrEqual(9_000);
  });

  it('that is looser is followed within a second where no other slot has a record', async () => {
    const world = aSlotWorld();
    world.decree({ limits: [{ calls: 10, windowMs: 1_000 }] }, 1_500);
    aBacklog(world, 6);

    await world.serve(aConfig(ONE_IN_THREE_SECONDS));

    expect(world.journal.times(/^call/)).toEqual([0, 2_996, 3_096, 3_196, 3_296, 3_396]);
  });

  it('that is looser is followed only when no slot of another pace is left', async () => {
    const world = aSlotWorld();
    const pace = { slots: 2, holdMs: 3_000 };
    world.slots.records.set('other', { slotId: 'other', pace, expiresAtMs: instant(8_000) });
    world.decree({ limits: [{ calls: 20, windowMs: 1_000 }] }, 1_500);
    aBacklog(world, 8);

    await world.serve(aConfig({ limits: [{ calls: 2, windowMs: 3_000 }], slots: 2 }));

    const calls = world.journal.times(/^call/);
    expect(gaps(calls.filter((ms) => ms < 8_000))).toEqual([3_000, 3_000]);
    expect(Math.max(...gaps(calls.filter((ms) => ms > 9_000)))).toBe(100);
  });

  it('that is stricter is waited out also by a slot that cannot show it to the others', async () => {
    const world = aSlotWorld();
    world.decree(ONE_IN_THREE_SECONDS, 500);
    world.clock.at(instant(500), () => (world.slots.broken = true));
    aBacklog(world);

    const end = await world.serve(aConfig(TEN_PER_SECOND));

    const lastCallMs = Math.max(...world.journal.times(/^call/));
    expect(end).toBe('problem');
    expect(world.journal.timed(/^ring 5000/)).toEqual([`${lastCallMs + 3_000}: ring 5000`]);
  });

  it('is shown to the other slots', async () => {
    const world = aSlotWorld();
    let shown: unknown;
    world.decree(ONE_IN_THREE_SECONDS, 500);
    world.clock.at(instant(2_500), () => (shown = world.slots.records.get('slot-1')?.pace));
    aBacklog(world);

    await world.serve(aConfig({ ...TEN_PER_SECOND, slotBudgetMs: 10_000 }));

    expect(shown).toEqual({ slots: 1, holdMs: 3_000 });
  });
});
