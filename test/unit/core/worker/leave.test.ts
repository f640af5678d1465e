import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';

const NO_HOLD = { limits: [], slotBudgetMs: 8_000 };

describe('a slot that ends', () => {
  it('waits out its hold before its record goes away', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 3; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(aConfig({ limits: [{ calls: 1, windowMs: 9_000 }], slotBudgetMs: 10_000 }));

    expect(world.journal.timed(/^(call|close slot)/)).toEqual([
      '0: call call-1',
      '9000: call call-2',
      '18000: close slot slot-1',
    ]);
  });

  it('waits out its hold also when the queues failed', async () => {
    const world = aSlotWorld();
    world.send();
    world.clock.at(world.clock.nowMs() + 50, () => world.queues.broken.add('receive'));

    await world.serve(aConfig({ limits: [{ calls: 1, windowMs: 9_000 }], slotBudgetMs: 10_000 }));

    expect(world.journal.times(/^close slot/)).toEqual([9_000]);
  });

  it('stays taken by a call that it gave up until the legacy API cannot be working on it', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: { kind: 'lost', reason: 'timeout' }, connectMs: 20 });
    world.send({ callId: 'given-up' });
    world.send({ callId: 'next' });

    await world.serve(aConfig({ ...NO_HOLD, arrivalJitterMs: 30 }));

    expect(world.journal.timed(/^call/)).toEqual(['0: call given-up', '5050: call next']);
  });

  it('keeps its record until the legacy API cannot be working on a call that it gave up', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: { kind: 'lost', reason: 'timeout' } });
    world.send();
    world.decree({ paused: ['HIGH', 'NORMAL', 'BATCH'] }, 50);

    await world.serve(aConfig(NO_HOLD));

    expect(world.journal.times(/^close slot/)).toEqual([5_000]);
  });

  it('shows its pace for as long as calls of it lie within a window', async () => {
    const world = aSlotWorld();
    world.send();

    await world.serve(aConfig({ limits: [{ calls: 4, windowMs: 8_000 }] }));

    const [resting] = [...world.slots.records.values()];
    expect(resting).toMatchObject({ slotId: 'resting 1 2000', pace: { slots: 1, holdMs: 2_000 } });
    expect(resting?.expiresAtMs).toBeGreaterThanOrEqual(instant(8_000));
  });

  it('shows it for longer by as much as calls may be late', async () => {
    const world = aSlotWorld();
    world.send();

    await world.serve(aConfig({ limits: [{ calls: 4, windowMs: 8_000 }], arrivalJitterMs: 30 }));

    const [closedAtMs = 0] = world.journal.times(/^close slot/);
    expect([...world.slots.records.values()][0]?.expiresAtMs).toBe(instant(closedAtMs + 8_000 + 30));
  });

  it('shows no pace where no window limits it', async () => {
    const world = aSlotWorld();
    world.send();

    await world.serve(aConfig({ limits: [], arrivalJitterMs: 5_000, serviceTimeMaxMs: 10_000 }));

    expect(world.slots.records.size).toBe(0);
  });

  it('shows nothing where its last call has left every window', async () => {
    const world = aSlotWorld();
    world.send();

    await world.serve(aConfig({ limits: [{ calls: 1, windowMs: 2_000 }] }));

    expect(world.slots.records.size).toBe(0);
  });

  it('shows nothing where its last call leaves the window as it ends', async () => {
    const world = aSlotWorld();
    world.send();
    world.decree({ paused: ['HIGH', 'NORMAL', 'BATCH'] }, 50);

    await world.serve(aConfig({ limits: [{ calls: 1, windowMs: 2_000 }] }));

    expect(world.journal.times(/^close slot/)).toEqual([2_000]);
    expect(world.slots.records.size).toBe(0);
  });

  it('does not wait where it made no call', async () => {
    const world = aSlotWorld();
    world.decree({ paused: ['HIGH', 'NORMAL', 'BATCH'] });

    await world.serve(aConfig());

    expect(world.journal.times(/^close slot/)).toEqual([0]);
  });

  it('does not wait out the wait after a crash where it made no call', async () => {
    const world = aSlotWorld();
    const pace = { slots: 1, holdMs: 1_000 };
    world.slots.records.set('dead', { slotId: 'dead', pace, expiresAtMs: instant(60_000) });
    world.decree({ gateUntilMs: instant(60_000) });

    const end = await world.serve(aConfig());

    expect(end).toBe('gate');
    expect(world.journal.times(/^close slot/)).toEqual([0]);
  });

  it('ends after its last message is settled', async () => {
    const world = aSlotWorld();
    world.callback.latencyMs = 3_000;
    world.send();

    await world.serve(aConfig());

    expect(world.journal.lines(/^(delete|close slot)/)).toEqual(['delete call-1', 'close slot slot-1']);
  });

  it('leaves its record to expire when the table cannot be reached', async () => {
    const world = aSlotWorld();
    world.send();
    world.clock.at(world.clock.nowMs() + 50, () => (world.slots.broken = true));

    const end = await world.serve(aConfig());

    expect(end).toBe('problem');
    expect([...world.slots.records.keys()]).toEqual(['slot-1']);
  });
});
