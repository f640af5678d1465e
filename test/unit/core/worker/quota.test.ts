import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';

const DAY_MS = 86_400_000;
const LEASE_MS = 20_000;
const TIMEOUT_MS = 3_000;
const SKEW_MS = 1_000;

const quota = (calls: number) => ({ calls, windowMs: DAY_MS });

const withQuota = (calls: number, more: Parameters<typeof aConfig>[0] = {}) =>
  aConfig({ limits: [{ calls: 1, windowMs: 1_000 }, quota(calls)], ...more });

const counted = (world: ReturnType<typeof aSlotWorld>) =>
  world.quotaBook.current.book.reduce((sum, { calls }) => sum + calls, 0);

describe('a slot without quotas', () => {
  it('never asks for the quota book', async () => {
    const world = aSlotWorld();
    world.send();

    await world.serve(aConfig());

    expect(world.journal.lines(/quotas/)).toEqual([]);
  });
});

describe('a slot with a quota', () => {
  it('has a permit in hand before it receives anything', async () => {
    const world = aSlotWorld();
    world.send();

    await world.serve(withQuota(10));

    expect(world.journal.lines(/quotas|^receive|^call/).slice(0, 3)).toEqual([
      'read quotas',
      'write quotas',
      'receive HIGH',
    ]);
  });

  it('asks for permits while the hold runs, so that no call starts later for them', async () => {
    const world = aSlotWorld();
    for (let index = 0; index < 8; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(withQuota(1_000));

    expect(world.journal.times(/^call/)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000]);
    expect(world.journal.times(/^write quotas/).slice(0, 4)).toEqual([0, 896, 2_896, 6_896]);
  });

  it('takes blocks that grow while it uses them up', async () => {
    const world = aSlotWorld();
    for (let index = 0; index < 15; index += 1) world.send({ callId: `call-${index}` });

    await world.serve(withQuota(1_000));

    // 1 + 2 + 4 + 8 permits, one more block for what might have come next, and what is left of it given back.
    expect(world.journal.lines(/^write quotas/)).toHaveLength(6);
    expect(counted(world)).toBe(15);
  });

  it('gives back what it did not use', async () => {
    const world = aSlotWorld();

    await world.serve(withQuota(10));

    expect(world.journal.lines(/quotas/)).toHaveLength(4);
    expect(counted(world)).toBe(0);
  });

  it('loses what it cannot give back, and ends as ever', async () => {
    const world = aSlotWorld();
    world.decree({}, 0);
    world.clock.at(instant(500), () => (world.quotaBook.broken = true));

    const end = await world.serve(withQuota(10));

    expect(end).toBe('idle');
    expect(counted(world)).toBe(1);
    expect(world.telemetry.events).toContainEqual(
      expect.objectContaining({ kind: 'problem', what: 'give unused permits back' }),
    );
  });

  it('counts calls in flight of a slot that died', async () => {
    const world = aSlotWorld();
    world.quotaBook.current = { book: [{ calls: 10, untilMs: instant(5_000) }], version: 1 };
    world.send();

    expect(await world.serve(withQuota(10))).toBe('gate');

    expect(world.journal.lines(/^(receive|call)/)).toEqual([]);
  });

  it('ends without a call where the table cannot be reached', async () => {
    const world = aSlotWorld();
    world.quotaBook.broken = true;
    world.send();

    expect(await world.serve(withQuota(10))).toBe('problem');

    expect(world.journal.lines(/^(receive|call)/)).toEqual([]);
  });
});

describe('a spent quota', () => {
  it('closes the gate for a quarter of an hour, and nothing more is received', async () => {
    const world = aSlotWorld();
    for (let index = 0; index < 3; index += 1) world.send({ callId: `call-${index}` });

    const end = await world.serve(withQuota(2));

    expect(end).toBe('gate');
    expect(world.journal.lines(/^call/)).toHaveLength(2);
    expect(world.journal.lines(/^receive HIGH/)).toHaveLength(2);
    // Asked for at the end of the second hold.
    expect(world.control.current.gateUntilMs).toBe(instant(1_896 + 900_000));
  });

  it('opens it when the first of its calls has left the window, counted from the last instant of its permit', async () => {
    const world = aSlotWorld();
    world.send();
    await world.serve(withQuota(1));
    const renewsMs = LEASE_MS + TIMEOUT_MS + DAY_MS + SKEW_MS;
    await world.clock.advance(instant(renewsMs - 10_000) - world.clock.nowMs());
    world.send({ callId: 'call-2' });

    expect(await world.serve(withQuota(1), 'slot-2')).toBe('gate');

    expect(world.control.current.gateUntilMs).toBe(instant(renewsMs));
  });

  it('is announced', async () => {
    const world = aSlotWorld();
    world.quotaBook.current = { book: [{ calls: 10, untilMs: instant(0) }], version: 1 };

    await world.serve(withQuota(10));

    expect(world.telemetry.events).toContainEqual({ kind: 'quotaSpent', renewsInMs: DAY_MS + SKEW_MS });
  });

  it('of live limits counts what was called under the configured ones', async () => {
    const world = aSlotWorld();
    for (let index = 0; index < 5; index += 1) world.send({ callId: `call-${index}` });
    world.decree({ limits: [{ calls: 1, windowMs: 1_000 }, quota(2)] }, 2_500);

    const end = await world.serve(withQuota(100));

    expect(end).toBe('gate');
    expect(world.journal.times(/^call/)).toEqual([0, 1_000, 2_000]);
    expect(world.journal.lines(/^defer/)).toEqual(['defer call-3 by 900000']);
  });

  it('that live limits leave out goes on counting', async () => {
    const world = aSlotWorld();
    world.decree({ limits: [{ calls: 1, windowMs: 1_000 }] });
    world.send();

    await world.serve(withQuota(10));

    expect(counted(world)).toBe(1);
  });
});
