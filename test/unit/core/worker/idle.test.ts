import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';

describe('a slot that finds nothing', () => {
  it('lingers once on HIGH, looks at the other classes once more, and ends', async () => {
    const world = aSlotWorld();

    const end = await world.serve(aConfig());

    expect(end).toBe('idle');
    expect(world.journal.timed(/^(receive|linger|close slot)/)).toEqual([
      '0: receive HIGH',
      '0: receive NORMAL',
      '0: receive BATCH',
      '0: linger HIGH',
      '1000: receive NORMAL',
      '1000: receive BATCH',
      '1000: close slot slot-1',
    ]);
  });

  it('lingers for as long as it is configured to', async () => {
    const world = aSlotWorld();

    await world.serve(aConfig({ lingerSeconds: 20 }));

    expect(world.journal.times(/^close slot/)).toEqual([20_000]);
  });

  it('calls at once for a HIGH message that arrives while it lingers', async () => {
    const world = aSlotWorld();
    world.send({ priority: 'HIGH' }, { afterMs: 600 });

    await world.serve(aConfig());

    expect(world.journal.timed(/^call/)).toEqual(['600: call call-1']);
  });

  it('calls for a NORMAL message that it sees after it has lingered', async () => {
    const world = aSlotWorld();
    world.send({ priority: 'NORMAL' }, { afterMs: 600 });

    await world.serve(aConfig());

    expect(world.journal.timed(/^call/)).toEqual(['1000: call call-1']);
  });

  it('lingers no longer than its budget lasts', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 6; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(aConfig({ slotBudgetMs: 10_000, lingerSeconds: 20 }));

    expect(world.journal.timed(/^(linger|close slot)/)).toEqual([
      '5996: linger HIGH',
      '9996: close slot slot-1',
    ]);
  });

  it('lingers for a second at least, because shorter looks may miss a message', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 9; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(aConfig({ slotBudgetMs: 9_100, lingerSeconds: 20 }));

    expect(world.journal.timed(/^(linger|close slot)/)).toEqual([
      '8996: linger HIGH',
      '9996: close slot slot-1',
    ]);
  });
});
