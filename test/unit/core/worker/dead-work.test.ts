import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';
import { tokenOf } from '../../../support/a-task-request.js';

const longAgo = { enqueuedAt: new Date(instant(-60_000)).toISOString() };

describe('work that nobody waits for', () => {
  it('is dropped without a call and without a hold when its task is closed', async () => {
    const world = aSlotWorld();
    world.callback.closed.add(tokenOf('dead-1')).add(tokenOf('dead-2'));
    world.send({ callId: 'dead-1', ...longAgo });
    world.send({ callId: 'dead-2', ...longAgo });
    world.send({ callId: 'alive', ...longAgo });

    await world.serve(aConfig());

    expect(world.journal.timed(/^(call|delete)/)).toEqual([
      '0: delete dead-1',
      '0: delete dead-2',
      '0: call alive',
      '100: delete alive',
    ]);
    expect(world.telemetry.of('abandoned')).toMatchObject([
      { callId: 'dead-1', why: 'taskClosed' },
      { callId: 'dead-2', why: 'taskClosed' },
    ]);
  });

  it('fails its task without a call and without a hold when its deadline has passed', async () => {
    const world = aSlotWorld();
    world.send({ callId: 'too-late', deadline: new Date(instant(0)).toISOString() });
    world.send({ callId: 'in-time', deadline: new Date(instant(1)).toISOString() });

    await world.serve(aConfig());

    expect(world.journal.timed(/^(call|fail)/)).toEqual(['0: fail too-late', '0: call in-time']);
    expect(world.callback.failed.get(tokenOf('too-late'))).toMatchObject({
      error: 'Orchestrator.DeadlineExceeded',
    });
    expect(world.telemetry.of('abandoned')).toMatchObject([{ callId: 'too-late', why: 'deadlinePassed' }]);
  });

  it('fails its task without a call when its operation is unknown', async () => {
    const world = aSlotWorld();
    world.send({ operation: 'dropOrder' });

    await world.serve(aConfig());

    expect(world.journal.lines(/^(call|fail|delete)/)).toEqual(['fail call-1', 'delete call-1']);
    expect(world.callback.failed.get(tokenOf('call-1'))).toMatchObject({
      error: 'Orchestrator.InvalidRequest',
    });
    expect(world.telemetry.of('abandoned')).toEqual([]);
  });
});

describe('the liveness of a task', () => {
  it('is not asked for when its message is fresh', async () => {
    const world = aSlotWorld();
    world.send();

    await world.serve(aConfig());

    expect(world.journal.lines(/^probe/)).toEqual([]);
  });

  it('is asked for before the call when its message waited long', async () => {
    const world = aSlotWorld();
    world.send(longAgo);

    await world.serve(aConfig({ livenessAfterMs: 59_999 }));

    expect(world.journal.lines(/^(probe|call)/)).toEqual(['probe call-1', 'call call-1']);
  });

  it('is asked for before the call when its message was received before', async () => {
    const world = aSlotWorld();
    world.send({}, { receiveCount: 1 });

    await world.serve(aConfig());

    expect(world.journal.lines(/^(probe|call)/)).toEqual(['probe call-1', 'call call-1']);
  });

  it('is taken for granted where Step Functions cannot say', async () => {
    const world = aSlotWorld();
    world.callback.unavailable = true;
    world.send(longAgo);

    await world.serve(aConfig());

    expect(world.journal.lines(/^(probe|call)/)).toEqual(['probe call-1', 'call call-1']);
  });
});
