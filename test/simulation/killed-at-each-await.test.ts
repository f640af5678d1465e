import { scenarioOf } from './trial.js';
import { World } from './world.js';

// Goal: wherever the worker dies, nothing is lost and nothing is repeated blindly.
// Method: one short run for each await of one invocation, killed there: before its request takes effect, and after it.

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

/** Long enough for calls of every class and effect, lookups and a gate; short enough for hundreds of runs. */
const DURATION_MS = 8_000;

/** Far more awaits than an invocation has in that time. */
const AWAITS_MAX = 1_000;

const FAULTS = ['429', 'commit-then-timeout', 'duplicate', 'stop-execution'] as const;

async function killedAt(seed: number, atStep: number, afterEffect: boolean): Promise<World> {
  const kill = { invocation: 1, atStep, afterEffect };
  const trial = { seeds: [], workload: 'nightly-batch', faults: FAULTS, durationMs: DURATION_MS } as const;
  const world = new World(scenarioOf({ ...trial, slots: 2, kill }, seed));
  await world.run();
  return world;
}

describe.each([1, 2, 3])('a worker that is killed, seed %i', (seed) => {
  it.each([
    ['before it takes effect', false],
    ['between its effect and its answer', true],
  ])(
    'keeps every promise at each of its awaits, %s',
    async (_when, afterEffect) => {
      let awaits = 0;
      for (let atStep = 1; atStep <= AWAITS_MAX; atStep += 1) {
        const world = await killedAt(seed, atStep, afterEffect);
        const found = world.violations.kept.map(({ promise, what }) => `await ${atStep}: ${promise} ${what}`);
        expect(found).toEqual([]);
        expect(world.lost).toBe(0);
        if (!world.happened.has('died')) break;
        awaits = atStep;
      }

      expect(awaits).toBeGreaterThan(50);
      expect(awaits).toBeLessThan(AWAITS_MAX);
    },
    PATIENCE_MS,
  );
});
