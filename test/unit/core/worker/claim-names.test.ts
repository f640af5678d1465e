import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';

describe('the claims of a slot', () => {
  it('each have a name of their own, by which it knows them again', async () => {
    const world = aSlotWorld();
    const names: (string | undefined)[] = [];
    const change = world.ledger.change.bind(world.ledger);
    world.ledger.change = (wanted) => {
      if (wanted.entry?.state.kind === 'started') names.push(wanted.entry.revision);
      return change(wanted);
    };
    for (const callId of ['call-1', 'call-2']) world.send({ callId, operation: 'bookOrder' });

    await world.serve(aConfig(), 'slot-7');

    expect(names).toEqual(['slot-7/1', 'slot-7/2']);
  });
});
