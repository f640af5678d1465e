import type { OrchestratorConfigInput } from '../../../../lambdas/core/config/orchestrator-config.js';
import { timingsOf } from '../../../../lambdas/core/config/timings.js';
import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';

/** When a window that begins or ends so many minutes after the start of virtual time does so, on the clock of UTC. */
const at = (minutes: number) => new Date(instant(minutes * 60_000)).toISOString().slice(11, 16);

const aWindow = (fromMinutes: number, toMinutes: number): Partial<OrchestratorConfigInput> => ({
  maintenance: [{ from: at(fromMinutes), to: at(toMinutes) }],
});

const MINUTE_MS = 60_000;

describe('maintenance of the legacy API', () => {
  it('ends a slot without a receive, and nobody rings long before its end', async () => {
    const world = aSlotWorld();
    world.send();

    const end = await world.serve(aConfig(aWindow(-1, 28)));

    expect(end).toBe('maintenance');
    expect(world.journal.lines(/^(receive|call|ring)/)).toEqual([]);
    expect(world.clock.nowMs() - instant(0)).toBeLessThan(1_000);
  });

  it('makes a slot of its last minutes ring for its end', async () => {
    const world = aSlotWorld();

    await world.serve(aConfig(aWindow(-10, 2)));

    expect(world.journal.lines(/^ring/)).toEqual(['ring 120000']);
  });

  it.each([
    [150_000, ['ring 150000']],
    [150_001, []],
  ])('%i ms before its end has rung: %j', async (beforeMs, rings) => {
    const world = aSlotWorld();
    await world.clock.advance(3 * MINUTE_MS - beforeMs);

    await world.serve(aConfig(aWindow(-10, 3)));

    expect(world.journal.lines(/^ring/)).toEqual(rings);
  });

  it('is waited out in place where it ends soon, and work goes on at its very end', async () => {
    const world = aSlotWorld();
    const endsMs = 2 * MINUTE_MS;
    await world.clock.advance(endsMs - 4_000);
    world.send();

    await world.serve(aConfig(aWindow(-10, 2)));

    expect(world.journal.times(/^call/)[0]).toBe(endsMs);
  });

  it('keeps a call from starting that could still be running when it begins', async () => {
    const world = aSlotWorld();
    const config = aConfig(aWindow(1, 28));
    const lastStartMs = MINUTE_MS - timingsOf(config).callRunsMaxMs;
    for (let index = 1; index <= 120; index += 1) world.send({ callId: `call-${index}` });

    const end = await world.serve(config);

    const starts = world.journal.times(/^call/);
    expect(end).toBe('maintenance');
    expect(starts.length).toBeGreaterThan(10);
    expect(Math.max(...starts)).toBeLessThanOrEqual(lastStartMs);
    expect(Math.max(...starts)).toBeGreaterThan(lastStartMs - 2_000);
    expect(world.journal.lines(/^defer/)).toEqual([]);
  });

  it('makes a slot give back what it took when a call could just have begun', async () => {
    const world = aSlotWorld();
    const config = aConfig(aWindow(1, 28));
    const lastStartMs = MINUTE_MS - timingsOf(config).callRunsMaxMs;
    await world.clock.advance(lastStartMs - 500);
    world.send({}, { afterMs: 600 });

    const end = await world.serve(config);

    expect(end).toBe('maintenance');
    expect(world.journal.lines(/^(call|defer)/)).toEqual(['defer call-1 by 900000']);
  });

  it('takes back the claim of a call that took too long to be written down', async () => {
    const world = aSlotWorld();
    const config = aConfig(aWindow(1, 10));
    const lastStartMs = MINUTE_MS - timingsOf(config).callRunsMaxMs;
    await world.clock.advance(lastStartMs - 200);
    const change = world.ledger.change.bind(world.ledger);
    world.ledger.change = async (one) => {
      const done = await change(one);
      await world.clock.sleep(300);
      return done;
    };
    world.send({ operation: 'bookOrder' });

    const end = await world.serve(config);

    expect(end).toBe('maintenance');
    const untilItsEndMs = 10 * MINUTE_MS - (lastStartMs + 100);
    expect(world.journal.lines(/^(call|defer)/)).toEqual([`defer call-1 by ${untilItsEndMs}`]);
    expect(world.journal.lines(/^ledger/)).toEqual([
      'ledger key-call-1: started',
      'ledger key-call-1: forgotten',
    ]);
    expect(world.clock.nowMs()).toBeLessThan(instant(MINUTE_MS));
  });

  it('is why a slot was held back, and for how long', async () => {
    const world = aSlotWorld();

    await world.serve(aConfig(aWindow(-1, 28)));

    expect(world.telemetry.of('heldBack')).toEqual([
      {
        kind: 'heldBack',
        paused: [],
        gateForMs: 0,
        breakerOpen: false,
        maintenanceForMs: 28 * MINUTE_MS,
      },
    ]);
  });
});
