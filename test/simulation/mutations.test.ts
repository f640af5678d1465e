import type { Figures } from './figures.js';
import { MUTATIONS, type Mutation } from './mutations.js';
import { findings, run, type Trial } from './trial.js';

// Goal: the simulator notices when a part of the product that a promise rests on is missing.
// Method: the same seeds with and without that part; the first must be sound, the second must not.

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

const SEEDS = [1, 2, 3, 4, 5, 6];

function trialOf({ workload, faults, slots, limits, latency }: Mutation): Trial {
  return {
    seeds: SEEDS,
    workload,
    faults,
    slots,
    ...(limits === undefined ? {} : { limits }),
    ...(latency === undefined ? {} : { latency }),
  };
}

function whatIsWrong(figures: Figures, { workload, slowsDown = false }: Mutation): readonly string[] {
  const json = figures.toJson();
  return findings(slowsDown ? { ...json, slotUtilisation: null } : json, workload);
}

describe.each(MUTATIONS)('$name', (mutation) => {
  it(
    'is noticed',
    async () => {
      const figures = await run({ ...trialOf(mutation), sabotage: mutation.sabotage });

      expect(whatIsWrong(figures, mutation)).not.toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'is all that is wrong: with it in place the same seeds are sound',
    async () => {
      const figures = await run(trialOf(mutation));

      expect(whatIsWrong(figures, mutation)).toEqual([]);
    },
    PATIENCE_MS,
  );
});
