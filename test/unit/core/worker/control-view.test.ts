import { ControlView } from '../../../../lambdas/core/worker/control-view.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';

describe('the view of the control record', () => {
  it.each([
    [999, 1],
    [1_000, 2],
  ])('is read again after a second: %i ms later it was read %i times', async (afterMs, reads) => {
    const world = aSlotWorld();

    await world.clock.run(
      (async () => {
        const view = await ControlView.read(world.ports);
        await world.clock.sleepUntil(instant(afterMs));
        await view.fresh();
      })(),
    );

    expect(world.journal.lines(/^read control/)).toHaveLength(reads);
  });

  it('counts a second from the last read', async () => {
    const world = aSlotWorld();

    await world.clock.run(
      (async () => {
        const view = await ControlView.read(world.ports);
        for (const ms of [1_000, 1_500, 1_999, 2_000]) {
          await world.clock.sleepUntil(instant(ms));
          await view.fresh();
        }
      })(),
    );

    expect(world.journal.times(/^read control/)).toEqual([0, 1_000, 2_000]);
  });
});
