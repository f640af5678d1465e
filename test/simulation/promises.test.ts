import { FAULTS } from './faults.js';
import { findings, run } from './trial.js';
import { WORKLOADS } from './workloads.js';

// Goal: no promise breaks, whatever fails, on any workload and with any number of slots.
// Method: fixed seeds; every start and every end of a call is judged by models that know all.

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

const SEEDS = [1, 2];

describe.each(WORKLOADS)('%s', (workload) => {
  it.each([1, 2, 5, 10])(
    'keeps every promise under every fault at once, with %i slots',
    async (slots) => {
      const figures = await run({ seeds: SEEDS, workload, slots, faults: FAULTS });

      expect(figures.broken.flatMap(({ violations }) => violations)).toEqual([]);
      expect(figures.toJson()).toMatchObject({ lost: 0, repeated: 0, deadLetteredUnrun: 0 });
    },
    PATIENCE_MS,
  );

  it(
    'keeps every promise when nothing fails',
    async () => {
      const figures = await run({ seeds: SEEDS, workload });

      expect(figures.broken.flatMap(({ violations }) => violations)).toEqual([]);
    },
    PATIENCE_MS,
  );
});

describe('each fault alone', () => {
  it.each(FAULTS)(
    '%s breaks no promise',
    async (fault) => {
      const figures = await run({ seeds: SEEDS, workload: 'nightly-batch', faults: [fault] });

      expect(findings({ ...figures.toJson(), slotUtilisation: null }, 'nightly-batch')).toEqual([]);
    },
    PATIENCE_MS,
  );
});

it(
  'keeps the order of each key where calls run on after their timeout',
  async () => {
    const latency = { medianMs: 6_000, p99Ms: 9_900 };
    const figures = await run({ seeds: [1, 2, 3, 4, 5, 6], workload: 'ordered', latency });

    expect(figures.broken.flatMap(({ violations }) => violations)).toEqual([]);
    expect(figures.toJson().lost).toBe(0);
  },
  PATIENCE_MS,
);

describe('a quota beside a short limit', () => {
  const limits = [
    { calls: 20, windowMs: 2_000 },
    { calls: 100, windowMs: 301_000 },
    { calls: 250, windowMs: 1_200_000 },
  ];

  it.each(['nightly-batch', 'dead-backlog'] as const)(
    'is kept under every fault at once: %s',
    async (workload) => {
      const figures = await run({ seeds: [1], workload, faults: FAULTS, limits, durationMs: 1_800_000 });

      expect(figures.broken.flatMap(({ violations }) => violations)).toEqual([]);
      expect(figures.toJson()).toMatchObject({ lost: 0, repeated: 0, deadLetteredUnrun: 0 });
    },
    PATIENCE_MS,
  );

  it(
    'renews within 3 % of the earliest instant while there is work',
    async () => {
      const [hourMs, spentAfterMs] = [3_600_000, 100_000];
      const quota = [
        { calls: 20, windowMs: 2_000 },
        { calls: 1_000, windowMs: hourMs },
      ];
      const trial = { workload: 'batch-only', limits: quota, durationMs: 4 * hourMs } as const;
      const { calls, violations, waitMs } = (await run({ ...trial, seeds: [1] })).toJson();

      expect({ calls, violations }).toEqual({ calls: 5_000, violations: 0 });
      // Not the last of all: permits that a conflict loses push as many calls into one more window.
      expect(waitMs.BATCH.p99).toBeLessThan((4 * hourMs + spentAfterMs) * 1.03);
    },
    PATIENCE_MS,
  );
});
