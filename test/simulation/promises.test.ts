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
