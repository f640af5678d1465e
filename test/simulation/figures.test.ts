import { POLLERS } from './event-source-mapping.js';
import { run } from './trial.js';

// Goal: the figures that the README promises.
// Method: saturated queues without faults, under each assumption about throttled pollers.

const SEEDS = [1, 2, 3];
const DURATION_MS = 180_000;

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

/** Enough for a 99th percentile of the HIGH calls, of which each slot makes some 36 in a run. */
const SLOT_RUNS = 30;

function seedsFor(slots: number): number[] {
  return Array.from({ length: Math.ceil(SLOT_RUNS / slots) }, (_, index) => index + 1);
}

describe.each([1, 2, 5, 10, 50])('a nightly batch with %i slots', (slots) => {
  it(
    'uses 98 % of what the hold allows, and lets HIGH wait little longer than an ideal queue would',
    async () => {
      const trial = {
        workload: 'nightly-batch',
        slots,
        pollers: 'retries',
        durationMs: DURATION_MS,
      } as const;
      const json = (await run({ ...trial, seeds: seedsFor(slots) })).toJson();

      expect(json.slotUtilisation).toBeGreaterThanOrEqual(0.98);
      expect(json.waitMs.HIGH.p99).toBeLessThanOrEqual(1.3 * json.idealHighWaitMsP99 + 100);
      expect(json.receivesPerCall).toBeLessThanOrEqual(1.01);
      expect(json.invocationsPerCall).toBeLessThanOrEqual(0.1);
    },
    PATIENCE_MS,
  );
});

describe.each([1, 2, 5])('a tenant that floods its class, with an allowance and %i slots', (slots) => {
  it(
    'keeps no quiet tenant waiting for longer than 5 s, without message groups, and no slot from its work',
    async () => {
      const trial = { workload: 'tenant-allowance', slots, durationMs: DURATION_MS } as const;
      const json = (await run({ ...trial, seeds: [1, 2, 3, 4, 5, 6] })).toJson();

      expect(json.violations).toBe(0);
      expect(json.quietTenantsWaitMs.p99).toBeLessThanOrEqual(5_000);
      expect(json.slotUtilisation).toBeGreaterThanOrEqual(0.98);
    },
    PATIENCE_MS,
  );
});

describe('batches alone', () => {
  it.each(POLLERS)(
    'use 98 %% of what the hold allows when a throttled poller %s',
    async (pollers) => {
      const json = (
        await run({ seeds: SEEDS, workload: 'batch-only', pollers, durationMs: DURATION_MS })
      ).toJson();

      expect(json.slotUtilisation).toBeGreaterThanOrEqual(0.98);
    },
    PATIENCE_MS,
  );

  it(
    'use 93 % of a limit on calls in flight alone, where a call takes a second',
    async () => {
      const latency = { medianMs: 1_000, p99Ms: 2_500 };
      const json = (await run({ seeds: SEEDS, workload: 'batch-only', limits: [], latency })).toJson();

      expect(json.slotUtilisation).toBeGreaterThanOrEqual(0.93);
    },
    PATIENCE_MS,
  );
});

describe('an idle system', () => {
  it(
    'starts a HIGH call within 1.5 s of its execution',
    async () => {
      const json = (await run({ seeds: [1, 2, 3, 4, 5, 6, 7, 8], workload: 'idle-high' })).toJson();

      expect(json.wakeUpMsP99).toBeLessThanOrEqual(1_500);
    },
    PATIENCE_MS,
  );
});
