import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';
import { aTaskRequestBody, tokenOf } from '../../../support/a-task-request.js';

const WITHOUT_OPERATION = JSON.stringify({ ...aTaskRequestBody(), operation: undefined });

describe('a message that is not a task request', () => {
  it('is parked with the reason, its task is failed, and it is deleted', async () => {
    const world = aSlotWorld();
    world.queues.send('NORMAL', WITHOUT_OPERATION);

    await world.serve(aConfig());

    const cause = 'the message is not a task request: operation: missing; add it';
    expect(world.queues.parked).toEqual([{ body: WITHOUT_OPERATION, reason: cause }]);
    expect(world.callback.failed.get(tokenOf('call-1'))).toEqual({
      error: 'Orchestrator.InvalidRequest',
      cause,
    });
    expect(world.queues.labels).toEqual([]);
    expect(world.telemetry.of('malformed')).toEqual([
      { kind: 'malformed', priority: 'NORMAL', faults: ['operation: missing; add it'] },
    ]);
  });

  it('is told of with every fault', async () => {
    const world = aSlotWorld();
    const body = JSON.stringify({ ...aTaskRequestBody(), operation: undefined, callId: undefined });
    world.queues.send('NORMAL', body);

    await world.serve(aConfig());

    expect(world.queues.parked[0]?.reason).toMatch(/: [^;]+: missing; add it; [^;]+: missing; add it$/);
  });

  it('has its task failed before it is parked, and is deleted last', async () => {
    const world = aSlotWorld();
    world.queues.send('NORMAL', WITHOUT_OPERATION);

    await world.serve(aConfig());

    const steps = world.journal.lines(/^(park|fail|delete)/);
    expect(steps).toEqual([expect.stringMatching(/^fail/), 'park', 'delete malformed']);
  });

  it('is parked and deleted where no token can be read', async () => {
    const world = aSlotWorld();
    world.queues.send('HIGH', 'hello');

    await world.serve(aConfig());

    expect(world.journal.lines(/^(park|fail|delete)/)).toEqual(['park', 'delete malformed']);
  });

  it('costs no hold', async () => {
    const world = aSlotWorld();
    world.queues.send('HIGH', 'hello');
    world.send();

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([0]);
  });

  it('stays in its queue when its task cannot be failed now', async () => {
    const world = aSlotWorld();
    world.callback.unavailable = true;
    world.queues.send('NORMAL', WITHOUT_OPERATION);

    await world.serve(aConfig());

    expect(world.queues.labels).toEqual(['malformed']);
    expect(world.queues.parked).toEqual([]);
  });

  it('ends the slot with a bell when it cannot be parked, and is not deleted', async () => {
    const world = aSlotWorld();
    world.queues.broken.add('park');
    world.queues.send('HIGH', 'hello');

    const end = await world.serve(aConfig());

    expect(end).toBe('problem');
    expect(world.queues.labels).toEqual(['malformed']);
    expect(world.journal.lines(/^ring/)).toEqual(['ring 0', 'ring 5000']);
  });
});
