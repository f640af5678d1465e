import type { RateLimit } from '../../lambdas/core/pacing/hold.js';
import type { Latency } from './dice.js';
import { type PollerBehaviour, POLLERS } from './event-source-mapping.js';
import type { Fault } from './faults.js';
import { Figures } from './figures.js';
import { defaultLatency, defaultLimits, type Scenario } from './scenario.js';
import type { WorkloadName } from './workloads.js';
import { World } from './world.js';

/** What a call of the simulator asks for; what is undefined is chosen for each number of slots, or by the seed. */
export interface Campaign {
  readonly seeds: readonly number[];
  readonly workloads: readonly WorkloadName[];
  readonly concurrencies: readonly number[];
  readonly limits: readonly RateLimit[] | undefined;
  readonly latency: Latency | undefined;
  readonly faults: ReadonlySet<Fault>;
  readonly pollers: PollerBehaviour | undefined;
  /** Of each workload; undefined for one that suits the number of slots. */
  readonly durationMs: number | undefined;
}

/** How long a workload lasts by itself, in virtual time: several lives of a slot, or of many slots at least one. */
const DURATION_MAX_MS = 180_000;
const DURATION_MIN_MS = 60_000;

/** Together all slots live so long where that lies between: many slots see as much in less time. */
const SLOT_TIME_MS = 900_000;

export interface CampaignPart {
  readonly workload: WorkloadName;
  readonly slots: number;
  readonly figures: Figures;
}

/** Runs every seed of every workload at every number of slots; tells `onPart` as each of these parts is done. */
export async function runCampaign(
  campaign: Campaign,
  watch: { readonly onRun: (part: CampaignPart) => void; readonly onPart: (part: CampaignPart) => void },
): Promise<void> {
  for (const slots of campaign.concurrencies) {
    for (const workload of campaign.workloads) {
      const part = { workload, slots, figures: new Figures() };
      for (const seed of campaign.seeds) {
        const scenario = scenarioOf(campaign, { workload, slots, seed });
        const world = new World(scenario);
        await world.run();
        part.figures.add(scenario, world, campaign.faults.size === 0);
        watch.onRun(part);
      }
      watch.onPart(part);
    }
  }
}

export function scenarioOf(
  campaign: Campaign,
  {
    workload,
    slots,
    seed,
  }: { readonly workload: WorkloadName; readonly slots: number; readonly seed: number },
): Scenario {
  const limits = campaign.limits ?? defaultLimits(slots);
  return {
    seed,
    workload,
    slots,
    limits,
    latency: campaign.latency ?? defaultLatency(limits, slots),
    faults: campaign.faults,
    pollers: campaign.pollers ?? POLLERS[seed % POLLERS.length] ?? POLLERS[0],
    durationMs:
      campaign.durationMs ??
      Math.max(DURATION_MIN_MS, Math.min(DURATION_MAX_MS, Math.ceil(SLOT_TIME_MS / slots))),
  };
}
