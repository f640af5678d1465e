import { START_MS } from './scheduler.js';
import { scenarioOf } from './trial.js';
import { World } from './world.js';

// Goal: slots rest while the legacy API is under maintenance, and go on at once when it is over.
// Method: what happens in the second of the windows, of four minutes, while a backlog waits.

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

const SLOTS = 5;
const FROM_MS = 180_000;
const TO_MS = 420_000;

/** A call takes up to 8 s to be sent, 10 s to be worked on and 30 ms to arrive. */
const LAST_START_MS = FROM_MS - 18_030;

/** Of a bell that comes a second late, and of a cold start. */
const RESUMED_WITHIN_MS = 2_500;

/** Of all that the slots could be billed for: executions start meanwhile, and each rings for a slot in vain. */
const BILLED_SHARE_MAX = 0.03;

async function run(seed: number) {
  const calls: number[] = [];
  const billed: number[] = [];
  const scenario = scenarioOf(
    { seeds: [], workload: 'maintenance', slots: SLOTS, durationMs: 600_000 },
    seed,
  );
  const trace = (atMs: number, what: string) => {
    if (/^c\d+ sent$/.test(what)) calls.push(atMs);
  };
  const world = new World({ ...scenario, trace });
  for (const atMs of [FROM_MS, TO_MS])
    world.scheduler.at(START_MS + atMs, () => billed.push(world.usage.billedMs));
  await world.run();
  return { world, calls, billedMs: (billed[1] ?? 0) - (billed[0] ?? 0) };
}

describe.each([1, 2])('maintenance, with seed %i', (seed) => {
  it(
    'is kept free of calls and of compute, used to the last moment before it, and over when it ends',
    async () => {
      const { world, calls, billedMs } = await run(seed);

      const before = Math.max(...calls.filter((atMs) => atMs < FROM_MS));
      const after = Math.min(...calls.filter((atMs) => atMs > FROM_MS));
      expect(world.violations.kept).toEqual([]);
      expect(world.lost).toBe(0);
      expect(before).toBeGreaterThan(LAST_START_MS - 2_000);
      expect(after - TO_MS).toBeGreaterThanOrEqual(0);
      expect(after - TO_MS).toBeLessThan(RESUMED_WITHIN_MS);
      expect(billedMs / (SLOTS * (TO_MS - FROM_MS))).toBeLessThan(BILLED_SHARE_MAX);
    },
    PATIENCE_MS,
  );
});
