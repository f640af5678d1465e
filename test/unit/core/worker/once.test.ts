import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const ONCE = { operation: 'bookOrder' };

describe('a call that must not be made twice', () => {
  it('is made on the first receive of its message', async () => {
    const world = aSlotWorld();
    world.send(ONCE);

    await world.serve(aConfig());

    expect(world.journal.lines(/^(call|succeed)/)).toEqual(['call call-1', 'succeed call-1']);
  });

  it('is not made on a later receive, and its outcome is unknown', async () => {
    const world = aSlotWorld();
    world.send(ONCE, { receiveCount: 1 });

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual([]);
    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.OutcomeUnknown' });
    expect(world.queues.labels).toEqual([]);
  });

  it('is never repeated by the worker after it was lost', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: { kind: 'lost', reason: 'ECONNRESET' } });
    world.send(ONCE);

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toEqual(['call call-1']);
    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.OutcomeUnknown' });
  });

  it('is known not to have been executed after a 429, so the workflow may repeat it', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: answered(429, { retryAfter: '2' }) });
    world.send(ONCE);

    await world.serve(aConfig());

    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.Unavailable' });
    expect(world.control.current.gateUntilMs).toBeGreaterThan(0);
  });

  it('is known not to have been executed when a pause begins while its message is in hand', async () => {
    const world = aSlotWorld();
    const enqueuedAt = new Date(world.clock.nowMs() - 60_000).toISOString();
    world.send({ ...ONCE, enqueuedAt });
    world.callback.latencyMs = 1_200;
    world.decree({ paused: ['NORMAL'] }, 600);

    await world.serve(aConfig());

    expect(world.journal.lines(/^(probe|call|defer)/)).toEqual(['probe call-1']);
    expect(world.callback.failed.get('token-of-call-1')).toMatchObject({ error: 'LegacyApi.Unavailable' });
  });
});
