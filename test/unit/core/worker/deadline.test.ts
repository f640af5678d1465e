import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';

const until = (ms: number) => new Date(instant(ms)).toISOString();

describe('a call with a deadline', () => {
  it.each(['getOrder', 'bookOrder'])(
    'is not made once it passes in the hands of a slot: %s',
    async (operation) => {
      const world = aSlotWorld();
      world.callback.latencyMs = 1_200;
      world.send({ operation, deadline: until(600), enqueuedAt: until(-60_000) });

      await world.serve(aConfig());

      expect(world.journal.lines(/^call/)).toEqual([]);
      expect(world.callback.failed.get('token-of-call-1')).toMatchObject({
        error: 'Orchestrator.DeadlineExceeded',
      });
      expect(world.telemetry.of('abandoned')).toMatchObject([{ callId: 'call-1', why: 'deadlinePassed' }]);
      expect(world.ledger.entry({ operation, idempotencyKey: 'key-call-1' })).toBeUndefined();
      expect(world.queues.labels).toEqual([]);
    },
  );

  it('is not counted as abandoned before its task was told', async () => {
    const world = aSlotWorld();
    world.callback.unavailable = true;
    world.send({ deadline: until(-1) });

    await world.serve(aConfig());

    expect(world.telemetry.of('abandoned')).toEqual([]);
    expect(world.queues.labels).toEqual(['call-1']);
  });
});
