import { aConfig } from '../../../support/a-config.js';
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
      { kind: 'callStarted', ageMs: 2_000, receiveCount: 1, ...call },
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

  it('count the calls of the slot', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 3; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(aConfig());

    expect(world.telemetry.of('slotEnded')).toEqual([{ kind: 'slotEnded', end: 'idle', calls: 3 }]);
  });
});
