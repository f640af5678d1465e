import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';
import { constantRandom } from '../../../support/seeded-random.js';

describe('a slot', () => {
  it('serves HIGH before NORMAL before BATCH', async () => {
    const world = aSlotWorld();
    world.send({ callId: 'batch', priority: 'BATCH' });
    world.send({ callId: 'normal', priority: 'NORMAL' });
    world.send({ callId: 'high', priority: 'HIGH' });

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual(['call high', 'call normal', 'call batch']);
  });

  it('serves a HIGH message that arrives during a hold before all that waited', async () => {
    const world = aSlotWorld();
    world.send({ callId: 'batch-1', priority: 'BATCH' });
    world.send({ callId: 'batch-2', priority: 'BATCH' });
    world.send({ callId: 'high', priority: 'HIGH' }, { afterMs: 900 });

    await world.serve(aConfig());

    expect(world.journal.timed(/^call/)).toEqual([
      '0: call batch-1',
      '1000: call high',
      '2000: call batch-2',
    ]);
  });

  it('asks a class first in the turns that its minimum share gives it', async () => {
    const world = aSlotWorld(constantRandom(0));
    world.send({ callId: 'high', priority: 'HIGH' });
    world.send({ callId: 'batch', priority: 'BATCH' });

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual(['call batch', 'call high']);
  });

  it('asks for no lower class once it has a message', async () => {
    const world = aSlotWorld();
    world.send({ callId: 'high', priority: 'HIGH' });

    await world.serve(aConfig());

    expect(world.journal.lines(/^(receive|took)/).slice(0, 2)).toEqual(['receive HIGH', 'took high']);
  });
});
