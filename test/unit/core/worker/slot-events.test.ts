import { aConfig } from '../../../support/a-config.js';
import { aLedgerEntry } from '../../../support/a-ledger-entry.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';

describe('the events of a slot', () => {
  it('tell the whole story of a call, without its token or payload', async () => {
    const world = aSlotWorld();
    world.send({ enqueuedAt: new Date(instant(-2_000)).toISOString(), payload: 'secret' });

    await world.serve(aConfig());

    const call = {
      priority: 'NORMAL',
      callId: 'call-1',
      operation: 'getOrder',
      execution: 'arn:aws:states:eu-west-1:123456789012:execution:order-sync:4711',
    };
    expect(world.telemetry.events.filter(({ kind }) => kind !== 'rang')).toEqual([
      { kind: 'slotStarted', others: 0, crashWaitMs: 0 },
      { kind: 'callStarted', lane: 'NORMAL', ageMs: 2_000, receiveCount: 1, controlAgeMs: 0, ...call },
      { kind: 'callEnded', outcome: 'succeeded', reason: undefined, serviceTimeMs: 100, ...call },
      { kind: 'slotEnded', end: 'idle', calls: 1 },
    ]);
  });

  it.each([
    [answered(422, { body: 'secret' }), 'rejected', 'status 422'],
    [answered(429, { retryAfter: '1' }), 'throttled', 'retry after 1000 ms'],
    [answered(429), 'throttled', 'retry after unknown ms'],
    [answered(500, { body: 'secret' }), 'unavailable', 'status 500'],
    [{ kind: 'tooLarge' as const, status: 200, retryAfter: undefined }, 'responseTooLarge', 'status 200'],
    [{ kind: 'lost' as const, reason: 'ECONNRESET' }, 'unavailable', 'ECONNRESET'],
  ])('say how a call ended, without its body: %j', async (exchange, outcome, reason) => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange });
    world.send();

    await world.serve(aConfig());

    expect(world.telemetry.of('callEnded')[0]).toMatchObject({ outcome, reason });
  });

  it.each([
    [{ kind: 'lost', reason: 'ECONNRESET' } as const, 'outcomeUnknown', 'ECONNRESET'],
    [
      { kind: 'unusable', status: 200, reason: 'result: is not text' } as const,
      'responseRefused',
      'status 200: result: is not text',
    ],
  ])('say how a call ended that must not be made twice: %j', async (exchange, outcome, reason) => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange });
    world.send({ operation: 'bookOrder' });

    await world.serve(aConfig());

    expect(world.telemetry.of('callEnded')[0]).toMatchObject({ outcome, reason });
  });

  it('count the calls of the slot', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 3; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(aConfig());

    expect(world.telemetry.of('slotEnded')).toEqual([{ kind: 'slotEnded', end: 'idle', calls: 3 }]);
  });

  it.each([
    { paused: ['BATCH'] as const, gateForMs: 20_000 },
    { paused: ['BATCH'] as const, gateForMs: 0 },
    { paused: [], gateForMs: 20_000 },
  ])('say what holds calls back at the start of a slot: %j', async ({ paused, gateForMs }) => {
    const world = aSlotWorld();
    world.decree({ paused, gateUntilMs: instant(gateForMs) });

    await world.serve(aConfig());

    expect(world.telemetry.of('heldBack')).toEqual([
      { kind: 'heldBack', paused, gateForMs, breakerOpen: false, maintenanceForMs: 0 },
    ]);
  });

  it('say that the breaker is open, also when its time is over and somebody may probe', async () => {
    const world = aSlotWorld();
    world.decree({ breaker: { untilMs: instant(-1), opens: 1 } });

    await world.serve(aConfig());

    expect(world.telemetry.of('heldBack')).toEqual([
      { kind: 'heldBack', paused: [], gateForMs: 0, breakerOpen: true, maintenanceForMs: 0 },
    ]);
  });

  it('say how old the view of the control record was at a call, never more than a second and a read', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 5; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(aConfig({ limits: [] }));

    const ages = world.telemetry.of('callStarted').map(({ controlAgeMs }) => controlAgeMs);
    expect(ages).toHaveLength(5);
    expect(Math.min(...ages)).toBe(0);
    expect(Math.max(...ages)).toBeGreaterThan(0);
    expect(Math.max(...ages)).toBeLessThanOrEqual(1_000);
  });

  it('count the age of an expedited call from when it became HIGH', async () => {
    const world = aSlotWorld();
    const enqueuedAt = new Date(instant(-36_000_000)).toISOString();
    world.send({ priority: 'HIGH', enqueuedAt, expeditedAt: new Date(instant(-2_000)).toISOString() });

    await world.serve(aConfig());

    expect(world.telemetry.of('callStarted')).toMatchObject([{ ageMs: 2_000 }]);
  });

  it.each([
    ['succeeded', [{ operation: 'bookOrder' }]],
    ['started', []],
  ] as const)('say whether a ledger whose entry is %s answered in place of a call', async (state, told) => {
    const world = aSlotWorld();
    const key = { operation: 'bookOrder', idempotencyKey: 'key-call-1' };
    const states = {
      succeeded: { state: { kind: 'succeeded', outputJson: '{}' } },
      started: { doneByMs: instant(7_500) },
    } as const;
    world.ledger.put(key, aLedgerEntry(states[state]));
    world.send({ operation: 'bookOrder' });

    await world.serve(aConfig());

    expect(world.telemetry.of('answeredByLedger')).toMatchObject(told);
  });

  it('say that Step Functions does not take a result', async () => {
    const world = aSlotWorld();
    world.callback.script.push({ kind: 'refused', reason: 'InvalidOutput' });
    world.send();

    await world.serve(aConfig());

    expect(world.telemetry.of('resultRefused')).toMatchObject([
      { reason: 'InvalidOutput', callId: 'call-1' },
    ]);
  });
});
