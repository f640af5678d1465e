import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';

const config = aConfig();

describe('a call that cannot be prepared', () => {
  it('fails its task by type and says every fault where no request can be made of its payload', async () => {
    const world = aSlotWorld();
    world.legacyApi.unprepared.push({ kind: 'invalid', faults: ['payload.id: missing', 'payload.n: wrong'] });
    world.send();

    await world.serve(config);

    expect(world.callback.failed.get('token-of-call-1')).toEqual({
      error: 'Orchestrator.InvalidRequest',
      cause: 'payload.id: missing; payload.n: wrong',
    });
    expect(world.telemetry.of('callStarted')).toEqual([]);
  });

  it('fails its task as one that may be repeated where it is not ready', async () => {
    const world = aSlotWorld();
    world.legacyApi.unprepared.push({ kind: 'notReady', reason: 'no token' });
    world.send();

    await world.serve(config);

    expect(world.callback.failed.get('token-of-call-1')).toEqual({
      error: 'LegacyApi.Unavailable',
      cause: 'no token; a repeat does no harm',
    });
    expect(world.telemetry.of('notReady')).toMatchObject([{ reason: 'no token', callId: 'call-1' }]);
    expect(world.telemetry.of('callStarted')).toEqual([]);
  });

  it.each(['invalid', 'notReady'] as const)('costs no hold when it is %s', async (kind) => {
    const world = aSlotWorld();
    world.legacyApi.unprepared.push(
      kind === 'invalid' ? { kind, faults: ['x'] } : { kind, reason: 'no token' },
    );
    world.send({ callId: 'call-1' });
    world.send({ callId: 'call-2' });
    const startMs = world.clock.nowMs();

    await world.serve(config);

    expect(world.legacyApi.sentAtMs).toHaveLength(1);
    expect((world.legacyApi.sentAtMs[0] ?? Infinity) - startMs).toBeLessThan(1_000);
  });

  it('leaves no trace in the ledger', async () => {
    const world = aSlotWorld();
    world.legacyApi.unprepared.push({ kind: 'notReady', reason: 'no token' });
    world.send({ operation: 'bookOrder' });

    await world.serve(config);

    expect(world.journal.lines(/^ledger/)).toEqual([]);
  });

  it('opens the breaker after five in a row, so that a backlog is not emptied into failures', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 8; index += 1) {
      world.legacyApi.unprepared.push({ kind: 'notReady', reason: 'no token' });
      world.send({ callId: `call-${index}` });
    }

    await world.serve(config);

    expect(world.telemetry.of('breakerOpened')[0]).toMatchObject({ opens: 1, forMs: 5_000 });
    expect(world.callback.failed.size).toBeLessThan(8);
  });

  it('says nothing about the legacy API where the payload is to blame', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 8; index += 1) {
      world.legacyApi.unprepared.push({ kind: 'invalid', faults: ['payload.id: missing'] });
      world.send({ callId: `call-${index}` });
    }

    await world.serve(config);

    expect(world.telemetry.of('breakerOpened')).toEqual([]);
    expect(world.callback.failed.size).toBe(8);
  });
});
