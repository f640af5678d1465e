import { aConfig } from '../../../support/a-config.js';
import { anInvocation, aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';
import { serveSlot } from '../../../../lambdas/core/worker/serve-slot.js';

const DOWN = { exchange: answered(500) };

function aBacklog(world: SlotWorld, count: number): void {
  for (let index = 1; index <= count; index += 1) world.send({ callId: `call-${index}` });
}

/** A world whose breaker has been opened by others, until `untilMs` from now. */
function opened(untilMs: number, opens = 1): SlotWorld {
  const world = aSlotWorld();
  world.decree({ breaker: { opens, untilMs: instant(untilMs) } });
  return world;
}

describe('a slot whose calls fail', () => {
  it('opens the breaker after five of them in a row, and rings for when it may be probed', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(DOWN, DOWN, DOWN, DOWN, DOWN);
    aBacklog(world, 5);

    await world.serve(aConfig());

    expect(world.journal.timed(/^(change|ring 5000)/).slice(0, 2)).toEqual([
      '4100: change the gate',
      '4100: ring 5000',
    ]);
    expect(world.telemetry.of('breakerOpened')).toEqual([{ kind: 'breakerOpened', forMs: 5_000, opens: 1 }]);
  });

  it('calls nobody until then, and then once', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(DOWN, DOWN, DOWN, DOWN, DOWN, DOWN);
    aBacklog(world, 9);

    const end = await world.serve(aConfig());

    expect(end).toBe('gate');
    expect(world.journal.times(/^call/)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 9_100]);
    expect(world.control.current.breaker).toEqual({ opens: 2, untilMs: instant(19_200) });
    expect(world.queues.labels).toHaveLength(3);
  });

  it('never opens it for repeats of one call', async () => {
    const world = aSlotWorld();
    for (let repeat = 0; repeat < 9; repeat += 1) {
      world.legacyApi.script.push(DOWN);
      world.send({ callId: 'poison', taskToken: `token-${repeat}` });
    }

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toHaveLength(9);
    expect(world.control.current.breaker).toBeUndefined();
  });

  it('settles its call also when the breaker cannot be opened', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(DOWN, DOWN, DOWN, DOWN, DOWN);
    aBacklog(world, 5);
    world.clock.at(instant(4_050), () => (world.control.broken = true));

    await world.serve(aConfig());

    expect(world.callback.failed.get('token-of-call-5')).toMatchObject({ error: 'LegacyApi.Unavailable' });
    expect(world.telemetry.of('problem')[0]).toMatchObject({ what: 'open the breaker' });
  });
});

describe('an open breaker', () => {
  it('ends a slot that would have to wait for long, and a bell is left for that time', async () => {
    const world = opened(30_000);
    world.send({ priority: 'HIGH' });

    const end = await world.serve(aConfig());

    expect(end).toBe('gate');
    expect(world.journal.lines(/^(receive|call|ring)/)).toEqual(['ring 30000']);
  });

  it('is closed by a probe that is answered, the most urgent one, and the rate starts from the floor', async () => {
    const world = opened(2_000, 4);
    world.send({ callId: 'batch', priority: 'BATCH' });
    world.send({ callId: 'high', priority: 'HIGH' });

    await world.serve(aConfig());

    expect(world.journal.timed(/^call/)[0]).toBe('2000: call high');
    expect(world.control.current).toMatchObject({
      breaker: undefined,
      slowdown: { ratio: 0.1, sinceMs: instant(2_100) },
    });
    expect(world.telemetry.of('breakerClosed')).toHaveLength(1);
    expect(world.journal.timed(/^ring 0/)).toContain('2100: ring 0');
  });

  it.each([
    ['rejected', answered(422)],
    ['refused for its rate', answered(429, { retryAfter: '1' })],
  ])('is closed by a probe that is %s', async (_what, exchange) => {
    const world = opened(0);
    world.legacyApi.script.push({ exchange });
    world.send();

    await world.serve(aConfig());

    expect(world.telemetry.of('breakerClosed')).toHaveLength(1);
    expect(world.control.current.breaker).toBeUndefined();
  });

  it('lets one slot through, and the others receive nothing', async () => {
    const world = opened(1_000);
    const config = aConfig({ slots: 3, limits: [{ calls: 3, windowMs: 1_000 }] });
    world.legacyApi.script.push({ ...DOWN, latencyMs: 2_000 });
    aBacklog(world, 3);

    const ends = await world.clock.run(
      Promise.all(
        ['a', 'b', 'c'].map((slotId) =>
          serveSlot(world.ports, config, anInvocation(config, world.clock, slotId)),
        ),
      ),
    );

    expect(ends).toEqual(['gate', 'gate', 'gate']);
    expect(world.journal.times(/^call/)).toEqual([1_000]);
    expect(world.journal.lines(/^(took|defer)/)).toHaveLength(1);
    expect(world.telemetry.of('probeClaimed')).toHaveLength(1);
  });

  it('may be probed at once when the slot that claimed the probe finds nothing to call for', async () => {
    const world = opened(0);

    const end = await world.serve(aConfig());

    expect(end).toBe('idle');
    expect(world.control.current.breaker?.untilMs).toBeLessThanOrEqual(world.clock.nowMs());
  });

  it('is probed by another slot when the one that claimed the probe has died', async () => {
    const claimedUntilMs = 24_000;
    const world = opened(claimedUntilMs);
    world.send();
    await world.serve(aConfig());
    await world.clock.advance(claimedUntilMs);

    await world.serve(aConfig(), 'slot-2');

    expect(world.journal.times(/^call/)).toEqual([claimedUntilMs]);
    expect(world.control.current.breaker).toBeUndefined();
  });

  it('is waited for also where its time is over just before the slot may call again', async () => {
    const world = aSlotWorld();
    world.queues.receiveMs = 20;
    world.legacyApi.script.push({ exchange: { kind: 'lost', reason: 'ECONNRESET' }, latencyMs: 2_000 });
    aBacklog(world, 2);
    world.decree({ breaker: { opens: 1, untilMs: instant(5_020) } }, 3_000);

    await world.serve(aConfig({ slotBudgetMs: 6_000 }));

    // Given up, the first call takes its slot until 5,040; the fetch for the second would begin 44 ms before.
    expect(world.journal.times(/^call/)).toHaveLength(2);
    expect(world.journal.times(/^change the gate/)[0]).toBe(5_020);
  });

  it('makes a slot give back what it had in hand', async () => {
    const world = aSlotWorld();
    world.send({}, { receiveCount: 1 });
    world.callback.latencyMs = 1_200;
    world.decree({ breaker: { opens: 1, untilMs: instant(31_200) } }, 600);

    const end = await world.serve(aConfig());

    expect(end).toBe('gate');
    expect(world.journal.lines(/^(call|defer)/)).toEqual(['defer call-1 by 30000']);
  });
});
