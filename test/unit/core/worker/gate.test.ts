import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const refusal = (retryAfter?: string) => ({ exchange: answered(429, { retryAfter }) });

describe('a closed gate', () => {
  it('is waited out in place when it opens soon', async () => {
    const world = aSlotWorld();
    world.decree({ gateUntilMs: instant(5_000) });
    world.send();

    await world.serve(aConfig());

    expect(world.journal.times(/^(receive|call)/)[0]).toBe(5_000);
    expect(world.journal.times(/^call/)).toEqual([5_000]);
  });

  it('ends a slot when it opens late, and a bell is left for that time', async () => {
    const world = aSlotWorld();
    world.decree({ gateUntilMs: instant(5_001) });
    world.send();

    const end = await world.serve(aConfig());

    expect(end).toBe('gate');
    expect(world.journal.lines(/^(receive|call|ring)/)).toEqual(['ring 5001']);
  });

  it('stays as it is where another slot was refused in the same breath, and is told of once', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal('1'));
    world.send();
    world.decree({ gateUntilMs: instant(60_000), slowdown: { ratio: 0.5, sinceMs: instant(60_000) } }, 50);

    expect(await world.serve(aConfig())).toBe('gate');

    expect(world.control.current.gateUntilMs).toBe(instant(60_000));
    expect([...world.telemetry.of('gateClosed'), ...world.telemetry.of('problem')]).toEqual([]);
  });

  it('is rung for where a bell lives until it opens, and else left to slots that the sweeper starts later', async () => {
    const ringsBefore = async (opensInMs: number) => {
      const world = aSlotWorld();
      world.decree({ gateUntilMs: instant(opensInMs) });
      await world.serve(aConfig());
      return world.journal.lines(/^ring/);
    };

    expect(await ringsBefore(300_000)).toEqual(['ring 300000']);
    expect(await ringsBefore(300_001)).toEqual([]);
  });

  it('that another slot closes while a message is in hand makes the slot give it back until it opens', async () => {
    const world = aSlotWorld();
    world.send({}, { receiveCount: 1 });
    world.callback.latencyMs = 1_200;
    world.decree({ gateUntilMs: instant(31_200) }, 600);

    const end = await world.serve(aConfig());

    expect(end).toBe('gate');
    expect(world.journal.lines(/^(call|defer|ring)/)).toEqual([
      'ring 0',
      'ring 30000',
      'defer call-1 by 30000',
      'ring 30000',
    ]);
  });
});

describe('a gate that closes for a moment while a message is in hand', () => {
  it.each([
    [250, '1450: call call-1'],
    [251, '1200: defer call-1 by 251'],
  ])('is waited out up to a quarter of a second, and not %i ms otherwise', async (forMs, expected) => {
    const world = aSlotWorld();
    world.send({}, { receiveCount: 1 });
    world.callback.latencyMs = 1_200;
    world.decree({ gateUntilMs: instant(1_200 + forMs) }, 600);

    await world.serve(aConfig());

    expect(world.journal.timed(/^(call|defer)/)[0]).toBe(expected);
  });
});

describe('a 429', () => {
  it('closes the gate for all slots for as long as it asks, and gives the message back', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal('30'));
    world.send();

    const end = await world.serve(aConfig());

    expect(end).toBe('gate');
    expect(world.control.current.gateUntilMs).toBe(instant(30_100));
    expect(world.journal.lines(/^(ring \d{5}|change the gate|defer)/)).toEqual([
      'ring 30000',
      'change the gate',
      'defer call-1 by 30000',
      'ring 29100',
    ]);
  });

  it('that asks for a short wait is waited out in place, and the call is repeated', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal('2'));
    world.send({ priority: 'HIGH' });

    await world.serve(aConfig());

    expect(world.journal.timed(/^(call|succeed)/)).toEqual([
      '0: call call-1',
      '2100: call call-1',
      '2200: succeed call-1',
    ]);
  });

  it('never opens the gate earlier than another slot has asked for', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal('2'));
    world.decree({ gateUntilMs: instant(60_000) }, 50);
    world.send();

    await world.serve(aConfig());

    expect(world.control.current.gateUntilMs).toBe(instant(60_000));
  });

  it('closes the gate also when the message was given back too often, and fails its task by type', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal('30'));
    world.send({}, { receiveCount: 5 });

    await world.serve(aConfig({ maxDeferrals: 5 }));

    expect(world.control.current.gateUntilMs).toBe(instant(30_100));
    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.Unavailable' });
    expect(world.queues.labels).toEqual([]);
  });

  it('gives the message back for as often as it may be', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push(refusal('30'));
    world.send({}, { receiveCount: 4 });

    await world.serve(aConfig({ maxDeferrals: 5 }));

    expect(world.callback.failed.size).toBe(0);
    expect(world.journal.lines(/^defer/)).toEqual(['defer call-1 by 30000']);
  });
});
