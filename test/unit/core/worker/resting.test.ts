import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';

describe('a record that rests', () => {
  it('takes no slot from the next one of the same pace, which starts at once', async () => {
    const world = aSlotWorld();
    const slotId = 'resting 1 1000';
    world.slots.records.set(slotId, {
      slotId,
      pace: { slots: 1, holdMs: 1_000 },
      expiresAtMs: instant(60_000),
    });
    world.send();

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([0]);
    expect(world.telemetry.of('slotStarted')).toMatchObject([{ others: 0, crashWaitMs: 0 }]);
  });
});
