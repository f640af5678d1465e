import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import { SlotPacer } from '../../../../lambdas/core/worker/slot-pacer.js';
import { aConfig } from '../../../support/a-config.js';
import { anInvocation, aSlotWorld } from '../../../support/a-slot-world.js';

const config = aConfig();

/** A pacer whose record expires so soon. */
async function expiringIn(leftMs: number) {
  const world = aSlotWorld();
  const pacer = new SlotPacer(world.ports, config, anInvocation(config, world.clock));
  await pacer.enter(OPEN_CONTROL);
  const expiresAtMs = world.slots.records.get('slot-1')?.expiresAtMs ?? 0;
  await world.clock.advance(expiresAtMs - leftMs - world.clock.nowMs());
  return { pacer, world };
}

describe('the record of a slot', () => {
  it('is renewed up to its last millisecond', async () => {
    const { pacer, world } = await expiringIn(1);

    await pacer.follow(OPEN_CONTROL);

    expect(world.slots.records.get('slot-1')?.expiresAtMs).toBeGreaterThan(world.clock.nowMs() + 10_000);
  });

  it('has expired at the instant at which the others no longer count it', async () => {
    const { pacer } = await expiringIn(0);

    await expect(pacer.follow(OPEN_CONTROL)).rejects.toThrow('the slot record has expired');
  });

  it.each([
    [5_000, 2],
    [5_001, 1],
  ])(
    'is renewed before five seconds in which nobody looks: with %i ms left it is written %i times',
    async (leftMs, times) => {
      const { pacer, world } = await expiringIn(leftMs);

      await pacer.outlast(5_000);

      expect(world.journal.lines(/^open slot/)).toHaveLength(times);
    },
  );
});
