import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';

/** A record that a slot left behind, or that still serves. */
function aRecord(
  world: SlotWorld,
  slots: number,
  more: { expiresInMs?: number; holdMs?: number } = {},
): void {
  const slotId = `other-${world.slots.records.size + 1}`;
  const { expiresInMs = 60_000, holdMs = 1_000 } = more;
  world.slots.records.set(slotId, { slotId, pace: { slots, holdMs }, expiresAtMs: instant(expiresInMs) });
}

const TWO_SLOTS = aConfig({ slots: 2, limits: [{ calls: 2, windowMs: 1_000 }] });

describe('the admission of a slot', () => {
  it('is immediate while fewer slots have records than may serve', async () => {
    const world = aSlotWorld();
    aRecord(world, 2);
    world.send();

    await world.serve(TWO_SLOTS);

    expect(world.journal.times(/^call/)).toEqual([0]);
  });

  it('waits until the call of a crashed slot cannot run any more', async () => {
    const world = aSlotWorld();
    aRecord(world, 2);
    aRecord(world, 2);
    world.send();

    await world.serve(TWO_SLOTS);

    expect(world.journal.times(/^(receive|call)/)[0]).toBe(5_000);
    expect(world.telemetry.of('slotStarted')).toEqual([
      { kind: 'slotStarted', others: 2, crashWaitMs: 5_000 },
    ]);
  });

  it('waits until the hold of a crashed slot is over', async () => {
    const world = aSlotWorld();
    aRecord(world, 1);
    world.send();

    await world.serve(aConfig({ limits: [{ calls: 1, windowMs: 9_000 }] }));

    expect(world.journal.times(/^call/)).toEqual([9_000]);
  });

  it('waits out the hold of a crashed slot that served under a stricter limit', async () => {
    const world = aSlotWorld();
    aRecord(world, 1, { holdMs: 30_000 });
    world.send();

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([30_000]);
  });

  it('does not mind records that have expired', async () => {
    const world = aSlotWorld();
    aRecord(world, 1, { expiresInMs: 0 });
    world.send();

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([0]);
  });

  it('is refused while slots of a configuration with another number of slots serve, and a bell is left', async () => {
    const world = aSlotWorld();
    aRecord(world, 2);
    world.send();

    const end = await world.serve(aConfig());

    expect(end).toBe('notAdmitted');
    expect(world.journal.lines(/^(receive|call|ring|close slot)/)).toEqual([
      'close slot slot-1',
      'ring 10000',
    ]);
  });

  it('shows the slot to the others before it looks at them, until after it can weigh on the legacy API', async () => {
    const world = aSlotWorld();
    let shown: unknown;
    world.clock.at(instant(500), () => (shown = world.slots.records.get('slot-1')));

    await world.serve(aConfig());

    // Its lease of 20 s, then the wait after a crash, 5 s.
    expect(shown).toEqual({
      slotId: 'slot-1',
      pace: { slots: 1, holdMs: 1_000 },
      expiresAtMs: instant(25_000),
    });
  });
});
