import { FAULTS } from './faults.js';
import { scenarioOf } from './trial.js';
import { World } from './world.js';

// Goal: a failing seed can be replayed.
// Method: the whole trace of a run with every fault, twice.

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

async function traceOf(seed: number): Promise<readonly string[]> {
  const lines: string[] = [];
  const trace = (atMs: number, what: string) => lines.push(`${atMs} ${what}`);
  const scenario = scenarioOf(
    { seeds: [], workload: 'nightly-batch', faults: FAULTS, durationMs: 60_000 },
    seed,
  );
  await new World({ ...scenario, trace }).run();
  return lines;
}

describe('a seed', () => {
  it(
    'gives the same trace twice',
    async () => {
      const first = await traceOf(7);
      const second = await traceOf(7);

      expect(first.length).toBeGreaterThan(1_000);
      expect(second).toEqual(first);
    },
    PATIENCE_MS,
  );

  it(
    'gives another trace than another seed',
    async () => {
      expect(await traceOf(7)).not.toEqual(await traceOf(8));
    },
    PATIENCE_MS,
  );
});
