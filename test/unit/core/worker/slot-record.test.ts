import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';

describe('a slot record', () => {
  it('is renewed every ten seconds while its slot serves', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 25; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(aConfig());

    expect(world.journal.times(/^open slot slot-1/).map((atMs) => Math.floor(atMs / 1_000))).toEqual([
      0, 10, 20,
    ]);
  });

  it('lasts as long as the longer hold that its slot keeps beside another one', async () => {
    const world = aSlotWorld();
    const pace = { slots: 2, holdMs: 40_000 };
    world.slots.records.set('other', { slotId: 'other', pace, expiresAtMs: instant(90_000) });
    let expiresAtMs = 0;
    world.clock.at(instant(500), () => (expiresAtMs = world.slots.records.get('slot-1')?.expiresAtMs ?? 0));

    await world.serve(aConfig({ slots: 2, limits: [{ calls: 2, windowMs: 1_000 }] }));

    expect(expiresAtMs).toBe(instant(60_000));
  });

  it('ends its slot when it expired, because the others no longer count on it', async () => {
    const world = aSlotWorld();
    const operation = { path: '/slow', effect: 'idempotent', timeoutMs: 60_000 } as const;
    world.legacyApi.latencyMs = 40_000;
    world.send();
    world.send({ callId: 'next' });

    const end = await world.serve(aConfig({ operations: { getOrder: operation } }));

    expect(end).toBe('problem');
    expect(world.journal.lines(/^call/)).toEqual(['call call-1']);
    expect(world.telemetry.of('problem')).toMatchObject([
      { what: 'serve the queues', reason: 'Error: the slot record has expired' },
    ]);
  });

  it('does not expire while its slot lingers, so a message that comes then is served', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 9; index += 1) world.send({ callId: `call-${index}` });
    world.send({ callId: 'late', priority: 'HIGH', operation: 'bookOrder' }, { afterMs: 28_500 });

    const end = await world.serve(aConfig({ lingerSeconds: 20 }));

    expect(end).toBe('idle');
    expect(world.journal.timed(/late/)).toContain('28500: call late');
  });
});
