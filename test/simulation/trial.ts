import { type FiguresJson, Figures } from './figures.js';
import type { Fault } from './faults.js';
import { type PollerBehaviour, POLLERS } from './event-source-mapping.js';
import { defaultLatency, defaultLimits, type Sabotage, type Scenario } from './scenario.js';
import type { WorkloadName } from './workloads.js';
import { World } from './world.js';

/** A few seeds of one scenario, as tests run them. */
export interface Trial {
  readonly seeds: readonly number[];
  readonly workload: WorkloadName;
  readonly slots?: number;
  readonly limits?: Scenario['limits'];
  readonly latency?: Scenario['latency'];
  readonly faults?: readonly Fault[];
  readonly pollers?: PollerBehaviour;
  readonly sabotage?: Sabotage;
  readonly durationMs?: number;
  readonly kill?: Scenario['kill'];
}

const DURATION_MS = 120_000;
const SLOTS = 5;

export function scenarioOf(trial: Trial, seed: number): Scenario {
  const slots = trial.slots ?? SLOTS;
  const limits = trial.limits ?? defaultLimits(slots);
  return {
    seed,
    workload: trial.workload,
    slots,
    limits,
    latency: trial.latency ?? defaultLatency(limits, slots),
    faults: new Set(trial.faults),
    pollers: trial.pollers ?? POLLERS[seed % POLLERS.length] ?? POLLERS[0],
    durationMs: trial.durationMs ?? DURATION_MS,
    ...(trial.sabotage === undefined ? {} : { sabotage: trial.sabotage }),
    ...(trial.kill === undefined ? {} : { kill: trial.kill }),
  };
}

export async function run(trial: Trial): Promise<Figures> {
  const figures = new Figures();
  for (const seed of trial.seeds) await addRun(figures, scenarioOf(trial, seed));
  return figures;
}

export async function addRun(figures: Figures, scenario: Scenario): Promise<void> {
  const world = new World(scenario);
  await world.run();
  figures.add(scenario, world, scenario.faults.size === 0);
}

/** The least that a healthy run reaches, whatever fails; the longest that a HIGH message waits where nothing else does. */
const UTILISATION_MIN = 0.85;
const IDLE_WAIT_MAX_MS = 65_000;

/** The longest that the calls of a quiet tenant wait beside one that floods their queue, but for one in a hundred. */
const QUIET_WAIT_MAX_MS = 5_000;

/** What is wrong with a run, in words; nothing for a sound product. */
export function findings(json: FiguresJson, workload: WorkloadName): readonly string[] {
  const { violations, lost, slotUtilisation, waitMs, quietTenantsWaitMs } = json;
  return [
    ...(violations > 0 ? ['promises broken'] : []),
    ...(lost > 0 ? ['executions lost'] : []),
    ...(slotUtilisation !== null && slotUtilisation < UTILISATION_MIN ? ['slots left unused'] : []),
    ...(quietTenantsWaitMs.p99 > QUIET_WAIT_MAX_MS ? ['a flood in the way of other tenants'] : []),
    ...(workload === 'idle-high' && waitMs.HIGH.max > IDLE_WAIT_MAX_MS ? ['nobody looked'] : []),
  ];
}
