import { scenarioOf } from './trial.js';
import { World } from './world.js';

// Goal: stopped executions cost the legacy API nothing, and are cleared away far faster than its limit.
// Method: ten thousand of them at once, under limits from tight to none; what reaches the API, and how long it takes.

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

const STOPPED = 10_000;
const DRAINED_PER_SECOND_MIN = 100;

/** From the stop until messages count as old, and so are checked for a living task. */
const FRESH_FOR_MS = 10_000;

const CASES = [
  { slots: 1, limits: [{ calls: 1, windowMs: 10_000 }] },
  { slots: 5, limits: [{ calls: 20, windowMs: 1_000 }] },
  { slots: 1, limits: [] },
];

interface Drained {
  readonly calls: number;
  readonly atMs: number;
}

async function drain({ slots, limits }: (typeof CASES)[number]): Promise<Drained> {
  const abandonedAtMs: number[] = [];
  const trial = { seeds: [], workload: 'dead-backlog', slots, limits, durationMs: STOPPED * 100 } as const;
  const world = new World({
    ...scenarioOf(trial, 1),
    trace: (atMs, what) => {
      if (what.includes('abandoned')) abandonedAtMs.push(atMs);
    },
  });
  await world.run();
  expect(world.violations.kept).toEqual([]);
  const called = world.stepFunctions.executions.filter(
    ({ plan, callsSent }) => plan.stopAtMs !== undefined && callsSent > 0,
  );
  expect(abandonedAtMs.length + called.length).toBeGreaterThanOrEqual(STOPPED);
  return { calls: called.length, atMs: abandonedAtMs[STOPPED - called.length - 1] ?? Infinity };
}

describe('a backlog of stopped executions', () => {
  it.each(CASES)(
    'is drained fast, and not called, with $slots slots and limits $limits',
    async (limit) => {
      const { calls, atMs } = await drain(limit);

      expect(calls).toBeLessThan(STOPPED / 50);
      expect(atMs).toBeLessThan(FRESH_FOR_MS + (STOPPED / DRAINED_PER_SECOND_MIN) * 1_000);
    },
    PATIENCE_MS,
  );
});
