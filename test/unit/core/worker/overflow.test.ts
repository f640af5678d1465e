import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';
import { aTaskRequestBody } from '../../../support/a-task-request.js';
import { constantRandom } from '../../../support/seeded-random.js';

const config = aConfig({
  priorities: { NORMAL: { tenantAllowance: { calls: 5, windowSeconds: 60 } } },
});

function aWorld(random = constantRandom(0.99)) {
  const world = aSlotWorld(random);
  const beyond = (callId: string) =>
    world.queues.send('NORMAL_OVERFLOW', JSON.stringify(aTaskRequestBody({ callId, priority: 'NORMAL' })));
  return { ...world, beyond };
}

describe('a slot of a class with an allowance', () => {
  it('serves the overflow once the queue of its class is empty, and before the classes below', async () => {
    const world = aWorld();
    world.beyond('beyond');
    world.send({ callId: 'batch', priority: 'BATCH' });
    world.send({ callId: 'within', priority: 'NORMAL' });

    await world.serve(config);

    expect(world.journal.lines(/^call/)).toEqual(['call within', 'call beyond', 'call batch']);
  });

  it('asks the overflow first in the turns that its share gives it', async () => {
    // BATCH leads a turn below 0.05 and NORMAL below 0.1: a draw of 0.051 is in the first part of what is NORMAL's.
    const world = aWorld(constantRandom(0.051));
    world.send({ callId: 'within', priority: 'NORMAL' });
    world.beyond('beyond');

    await world.serve(config);

    expect(world.journal.lines(/^call/)).toEqual(['call beyond', 'call within']);
  });

  it('deletes what it took from the overflow there, and leaves nothing behind', async () => {
    const world = aWorld();
    world.beyond('beyond');

    expect(await world.serve(config)).toBe('idle');
    expect(world.queues.labels).toEqual([]);
  });

  it('leaves the overflow alone while its class is paused', async () => {
    const world = aWorld();
    world.beyond('beyond');
    world.decree({ paused: ['NORMAL'] });

    await world.serve(config);

    expect(world.queues.labels).toEqual(['beyond']);
  });

  it('tells where a call waited, by which ages are told apart', async () => {
    const world = aWorld();
    world.beyond('beyond');

    await world.serve(config);

    expect(world.telemetry.events).toContainEqual(
      expect.objectContaining({ kind: 'callStarted', lane: 'NORMAL_OVERFLOW', priority: 'NORMAL' }),
    );
  });
});

describe('a slot without allowances', () => {
  it('asks no overflow', async () => {
    const world = aWorld();

    await world.serve(aConfig());

    expect(world.journal.lines(/OVERFLOW/)).toEqual([]);
  });
});
