import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant, type SlotWorld } from '../../../support/a-slot-world.js';

const config = aConfig({
  lingerSeconds: 2,
  operations: {
    getOrder: { effect: 'idempotent', timeoutMs: 3_000 },
    bookOrder: { effect: 'once', timeoutMs: 6_000 },
  },
});

/** Settling the last message, the control record and a receive, one long poll, and the longest call. */
const CLAIM_MS = 10_000 + 5_000 + 2_000 + 6_000;

/** A world with one urgent message, whose breaker may be probed now. */
function aBrokenWorld(): SlotWorld {
  const world = aSlotWorld();
  world.decree({ breaker: { opens: 1, untilMs: instant(0) } });
  world.send({ priority: 'HIGH' });
  return world;
}

/** Another slot changes the gate at the very moment at which this one wants to. */
function getAhead(world: SlotWorld, untilMs: number | undefined): void {
  const changeGate = world.control.changeGate.bind(world.control);
  let first = true;
  world.control.changeGate = (next) => {
    if (first) world.decree({ breaker: untilMs === undefined ? undefined : { opens: 1, untilMs } });
    first = false;
    return changeGate(next);
  };
}

describe('the claim of a probe', () => {
  it('lasts until the call that it is for must have ended', async () => {
    const world = aBrokenWorld();
    let untilMs: number | undefined;
    world.clock.at(instant(50), () => (untilMs = world.control.current.breaker?.untilMs));

    await world.serve(config);

    expect(untilMs).toBe(instant(CLAIM_MS));
  });

  it('is good for a call that can still end within it', async () => {
    const world = aBrokenWorld();
    world.queues.receiveMs = CLAIM_MS - 6_000;

    await world.serve(config);

    expect(world.journal.timed(/^(call|defer)/)).toEqual([`${CLAIM_MS - 6_000}: call call-1`]);
  });

  it('is good for none that could outlast it: the message is given back until it is over', async () => {
    const world = aBrokenWorld();
    world.queues.receiveMs = CLAIM_MS - 6_000 + 1;

    expect(await world.serve(config)).toBe('gate');

    expect(world.journal.lines(/^(call|defer)/)).toEqual(['defer call-1 by 5999']);
  });

  it('that another slot makes at the same moment leaves nothing to receive', async () => {
    const world = aBrokenWorld();
    getAhead(world, instant(60_000));

    expect(await world.serve(config)).toBe('gate');

    expect(world.journal.lines(/^(took|call)/)).toEqual([]);
    expect(world.telemetry.of('probeClaimed')).toEqual([]);
  });

  it('is not needed where the breaker closes at the same moment', async () => {
    const world = aBrokenWorld();
    getAhead(world, undefined);

    await world.serve(config);

    expect(world.journal.timed(/^call/)).toEqual(['0: call call-1']);
    expect(world.telemetry.of('probeClaimed')).toEqual([]);
  });

  it('is needed also for a message that is in hand just before the breaker may be probed', async () => {
    const world = aSlotWorld();
    world.send({}, { receiveCount: 1 });
    world.callback.latencyMs = 1_200;
    world.decree({ breaker: { opens: 1, untilMs: instant(1_300) } }, 600);

    await world.serve(config);

    expect(world.journal.timed(/^(defer|change the gate|call)/).slice(0, 3)).toEqual([
      '1200: defer call-1 by 100',
      '1300: change the gate',
      '2500: call call-1',
    ]);
  });
});

describe('a probe whose end cannot be written', () => {
  it('is told of, and the breaker is not called closed', async () => {
    const world = aBrokenWorld();
    world.clock.at(instant(50), () => (world.control.broken = true));

    await world.serve(config);

    expect(world.telemetry.of('problem')).toContainEqual(
      expect.objectContaining({ what: 'close the breaker' }),
    );
    expect(world.telemetry.of('breakerClosed')).toEqual([]);
    expect(world.callback.succeeded.has('token-of-call-1')).toBe(true);
  });

  it('is told of also where there was nothing to call for', async () => {
    const world = aSlotWorld();
    world.decree({ breaker: { opens: 1, untilMs: instant(0) } });
    world.clock.at(instant(50), () => (world.control.broken = true));

    expect(await world.serve(config)).toBe('idle');

    expect(world.telemetry.of('problem')).toMatchObject([{ what: 'release the probe' }]);
  });
});
