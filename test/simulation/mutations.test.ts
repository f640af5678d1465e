import { Figures } from './figures.js';
import { MUTATIONS, type Mutation } from './mutations.js';
import { addRun, findings, run, scenarioOf, type Trial } from './trial.js';

// Goal: the simulator notices when a part of the product that a promise rests on is missing.
// Method: the same seeds with and without that part; the first must be sound, the second must not.

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

const SEEDS = [1, 2, 3, 4, 5, 6];

/** Many mutations show in the same world, which is sound or not once for all of them. */
const soundRuns = new Map<string, Promise<Figures>>();

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

function soundRun(mutation: Mutation): Promise<Figures> {
  const trial = trialOf(mutation);
  const key = JSON.stringify(trial);
  const figures = soundRuns.get(key) ?? run(trial);
  soundRuns.set(key, figures);
  return figures;
}

/** As many seeds as it takes: a broken promise needs no second one. */
async function sabotagedRun(mutation: Mutation): Promise<Figures> {
  const figures = new Figures();
  const trial = { ...trialOf(mutation), sabotage: mutation.sabotage };
  for (const seed of SEEDS) {
    await addRun(figures, scenarioOf(trial, seed));
    if (figures.violations > 0) break;
  }
  return figures;
}

function whatIsWrong(figures: Figures, { workload, slowsDown = false }: Mutation): readonly string[] {
  const json = figures.toJson();
  return findings(slowsDown ? { ...json, slotUtilisation: null } : json, workload);
}

describe.each(MUTATIONS)('$name', (mutation) => {
  it(
    'is noticed',
    async () => {
      const figures = await sabotagedRun(mutation);

      expect(whatIsWrong(figures, mutation)).not.toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'is all that is wrong: with it in place the same seeds are sound',
    async () => {
      const figures = await soundRun(mutation);

      expect(whatIsWrong(figures, mutation)).toEqual([]);
    },
    PATIENCE_MS,
  );
});
