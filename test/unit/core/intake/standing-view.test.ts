import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import type { Standing } from '../../../../lambdas/core/intake/ports.js';
import { CachedStanding } from '../../../../lambdas/core/intake/standing-view.js';

function aView() {
  const world = { nowMs: 0, reads: 0, fails: false, problems: [] as unknown[] };
  const waiting = { waiting: 10, inFlight: 1 };
  const read = (): Promise<Standing> => {
    world.reads += 1;
    return world.fails
      ? Promise.reject(new Error('throttled'))
      : Promise.resolve({
          ...{ atMs: world.nowMs, control: OPEN_CONTROL, quotaBook: [] },
          queues: { HIGH: waiting, NORMAL: waiting, BATCH: waiting },
        });
  };
  const view = new CachedStanding(
    read,
    () => world.nowMs,
    (error) => world.problems.push(error),
  );
  return { world, view };
}

describe('CachedStanding', () => {
  it('reads once a second, however many ask', async () => {
    const { world, view } = aView();

    for (world.nowMs = 0; world.nowMs < 3_000; world.nowMs += 10)
      await Promise.all(Array.from({ length: 10 }, () => view.read()));

    expect(world.reads).toBe(3);
  });

  it('counts what was let in since, until it reads again', async () => {
    const { world, view } = aView();
    await view.read();

    for (let call = 0; call < 5; call += 1) view.accepted('BATCH');
    view.accepted('NORMAL');
    view.accepted('NORMAL');
    view.accepted('HIGH');
    const during = await view.read();
    world.nowMs = 1_000;
    const after = await view.read();

    expect(during?.queues).toEqual({
      HIGH: { waiting: 11, inFlight: 1 },
      NORMAL: { waiting: 12, inFlight: 1 },
      BATCH: { waiting: 15, inFlight: 1 },
    });
    expect(after?.queues.BATCH).toEqual({ waiting: 10, inFlight: 1 });
  });

  it('knows nothing, and says why, where the queues cannot be read, and tries no sooner', async () => {
    const { world, view } = aView();
    world.fails = true;

    const answers = await Promise.all([view.read(), view.read(), view.read()]);

    expect(answers).toEqual([undefined, undefined, undefined]);
    expect([world.reads, world.problems.length]).toEqual([1, 1]);
  });
});
