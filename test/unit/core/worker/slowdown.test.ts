import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';
import { constantRandom } from '../../../support/seeded-random.js';

const refusal = { exchange: answered(429, { retryAfter: '2' }) };

function aBacklog(world: SlotWorld, count: number): void {
  for (let index = 1; index <= count; index += 1) world.send({ callId: `call-${index}` });
}

function gaps(timesMs: readonly number[]): readonly number[] {
  return timesMs.slice(1).map((ms, index) => ms - (timesMs[index] ?? 0));
}

describe('a slot after a 429', () => {
  it('calls at half the rate at first, and faster from call to call', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal);
    aBacklog(world, 30);

    await world.serve(aConfig());

    const between = gaps(world.journal.times(/^call/).filter((ms) => ms >= 2_100));
    expect(between[0]).toBe(1_882);
    expect([...between].sort((one, other) => other - one)).toEqual(between);
    expect(between.at(-1)).toBe(1_000);
  });

  it('rests as well where no rate is limited, by what a call takes', async () => {
    const world = aSlotWorld();
    world.decree({ slowdown: { ratio: 0.1, sinceMs: instant(600_000) } });
    aBacklog(world, 4);

    await world.serve(aConfig({ limits: [] }));

    expect(gaps(world.journal.times(/^call/))).toEqual([1_000, 1_000, 1_000]);
  });

  it('begins at a time of its own, so that not all slots begin at once', async () => {
    const world = aSlotWorld(constantRandom(0.5));
    world.decree({ slowdown: { ratio: 0.5, sinceMs: instant(600_000) } });
    world.send();

    await world.serve(aConfig({ slots: 4, limits: [{ calls: 4, windowMs: 1_000 }] }));

    // Half of three quarters of a hold, at half the rate.
    expect(world.journal.times(/^call/)).toEqual([750]);
  });

  it('halves the rate once, however many slots are refused', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal);
    const slowdown = { ratio: 0.5, sinceMs: instant(9_000) };
    world.decree({ gateUntilMs: instant(9_000), slowdown }, 50);
    world.send();

    await world.serve(aConfig());

    expect(world.control.current).toMatchObject({ gateUntilMs: instant(9_000), slowdown });
    expect(world.telemetry.of('gateClosed')).toEqual([]);
    expect(world.journal.lines(/^defer/)).toEqual(['defer call-1 by 2000']);
  });

  it('gives every turn to the most urgent class', async () => {
    const batchLeads = constantRandom(0);
    const world = aSlotWorld(batchLeads);
    world.decree({ slowdown: { ratio: 0.5, sinceMs: instant(600_000) } });
    world.send({ callId: 'batch', priority: 'BATCH' });
    world.send({ callId: 'high', priority: 'HIGH' });

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual(['call high', 'call batch']);
  });

  it('gives the lower classes their turns again once the rate has recovered', async () => {
    const world = aSlotWorld(constantRandom(0));
    world.decree({ slowdown: { ratio: 0.5, sinceMs: instant(-15_000) } });
    world.send({ callId: 'batch', priority: 'BATCH' });
    world.send({ callId: 'high', priority: 'HIGH' });

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual(['call batch', 'call high']);
  });

  it('keeps its record alive through a long rest', async () => {
    const world = aSlotWorld();
    world.decree({ slowdown: { ratio: 0.1, sinceMs: instant(600_000) } });
    world.legacyApi.latencyMs = 2_900;
    aBacklog(world, 3);

    const end = await world.serve(aConfig({ limits: [], serviceTimeMaxMs: 3_000, slotBudgetMs: 90_000 }));

    expect(end).toBe('idle');
    expect(world.journal.times(/^call/)).toEqual([0, 29_000, 58_000]);
  });

  it('shows the others the pace that it would keep without the slowdown', async () => {
    const world = aSlotWorld();
    let shown: unknown;
    world.decree({ slowdown: { ratio: 0.1, sinceMs: instant(600_000) } });
    world.clock.at(instant(500), () => (shown = world.slots.records.get('slot-1')?.pace));
    world.send();

    await world.serve(aConfig());

    expect(shown).toEqual({ slots: 1, holdMs: 1_000 });
  });

  it('says that the gate closed and at what rate it calls', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal);
    aBacklog(world, 1);

    await world.serve(aConfig());

    expect(world.telemetry.of('gateClosed')).toEqual([{ kind: 'gateClosed', forMs: 2_000, ratio: 0.5 }]);
    expect(world.telemetry.of('slowed')).toMatchObject([
      { ratio: expect.closeTo(0.5 + (2_982 + 100 - 2_100) / 30_000, 2) as number },
    ]);
  });
});
