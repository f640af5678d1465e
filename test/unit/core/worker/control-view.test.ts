import { closed } from '../../../../lambdas/core/gate/gate.js';
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

  it('changes the gate however often others change it first, up to thirty times', async () => {
    const world = aSlotWorld();
    let attempts = 0;
    world.control.changeGate = () => {
      attempts += 1;
      return attempts > 30 ? Promise.reject(new Error('tried too often')) : Promise.resolve(false);
    };
    const view = await ControlView.read(world.ports);

    await expect(view.changeGate(closed(instant(60_000)))).rejects.toThrow(
      'the gate: other slots changed it first 30 times in a row',
    );
    expect(attempts).toBe(30);
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
