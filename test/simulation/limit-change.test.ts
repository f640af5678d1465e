import { run } from './trial.js';

// Goal: a limit that is filled to the last call is kept while it is lowered and raised under load.
// Method: 20 calls a second over 5 slots leave no call to spare, and arrivals vary by the whole of J. On a real
// machine they vary by more at times, so test/local judges the same change with a call or more to spare.

const FILLED = [{ calls: 20, windowMs: 1_000 }];

it('breaks no window of a filled limit when the limit changes', async () => {
  const figures = await run({
    seeds: [1, 2, 3, 4],
    ...{ workload: 'batch-only', slots: 5, limits: FILLED, faults: ['limit-change'], durationMs: 180_000 },
  });

  expect(figures.broken.flatMap(({ violations }) => violations)).toEqual([]);
  expect(figures.calls).toBeGreaterThan(10_000);
}, 60_000);
