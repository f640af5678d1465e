import { timingsOf } from '../../lambdas/core/config/timings.js';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { serveSlot } from '../../lambdas/core/worker/serve-slot.js';
import type { Dice } from './dice.js';
import { EventSourceMapping } from './event-source-mapping.js';
import type { FaultRates } from './faults.js';
import type { CrashPlan, Life } from './life.js';
import { configOf, type Scenario } from './scenario.js';
import type { Scheduler } from './scheduler.js';
import { slotPorts, type Surroundings } from './slot-ports.js';
import type { Usage } from './usage.js';
import { crashPlan, type Deployment, WorkerFunction } from './worker-function.js';

export interface DeployedWorkerParts {
  readonly scheduler: Scheduler;
  readonly config: OrchestratorConfig;
  readonly rates: FaultRates;
  readonly usage: Usage;
  readonly surroundings: Omit<Surroundings, 'dice'>;
  readonly dice: (stream: string) => Dice;
  readonly onDied: (slotId: string) => void;
}

/** The slot loop that ships, as it is deployed: version after version of its function, started by the doorbell's mapping. */
export class DeployedWorker {
  readonly #scenario: Scenario;
  readonly #parts: DeployedWorkerParts;
  readonly #function: WorkerFunction;
  readonly #mapping: EventSourceMapping;
  #version = 0;

  constructor(scenario: Scenario, parts: DeployedWorkerParts) {
    const { scheduler, config, surroundings, dice } = parts;
    this.#scenario = scenario;
    this.#parts = parts;
    this.#function = this.#makeFunction();
    this.#mapping = new EventSourceMapping(
      {
        scheduler,
        dice: dice('mapping'),
        bells: surroundings.bells,
        visibilityTimeoutMs: timingsOf(config).doorbellVisibilitySeconds * 1_000,
        behaviour: scenario.pollers,
        invoke: (onEnd) => this.#function.invoke(onEnd),
      },
      scenario.slots,
    );
  }

  /** A bell can be heard. */
  look(): void {
    this.#mapping.look();
  }

  /** Deploys a version with this many slots. @returns its number. */
  deploy(slots: number): number {
    this.#version += 1;
    const { limits, maintenance, ordering, priorities } = this.#parts.config;
    const more = { maintenance, ordering, priorities };
    this.#function.deploy(this.#deployment(configOf(slots, limits, more)));
    this.#mapping.deploy(slots);
    return this.#version;
  }

  #makeFunction(): WorkerFunction {
    const { scheduler, config, rates, usage, onDied } = this.#parts;
    const dice = this.#parts.dice('lambda');
    const parts = {
      scheduler,
      dice,
      crashOf: (invocation: number) => this.#crashOf(invocation, dice),
      throttleProbability: rates.throttle,
      onInvoked: () => void (usage.invocations += 1),
      onEnded: (billedMs: number) => void (usage.billedMs += billedMs),
      onDied,
    };
    return new WorkerFunction(parts, this.#deployment(config));
  }

  #crashOf(invocation: number, dice: Dice): CrashPlan | undefined {
    const { kill } = this.#scenario;
    if (kill !== undefined) return kill.invocation === invocation ? kill : undefined;
    return dice.chance(this.#parts.rates.crash) ? crashPlan(dice) : undefined;
  }

  #deployment(config: OrchestratorConfig): Deployment {
    const { sabotage } = this.#scenario;
    const served = sabotage?.config?.(config) ?? config;
    const dice = this.#parts.dice(`slots of version ${this.#version}`);
    const surroundings = { ...this.#parts.surroundings, dice };
    return {
      version: this.#version,
      slots: config.slots,
      timeoutMs: timingsOf(config).functionTimeoutSeconds * 1_000,
      handle: async (life: Life, deadlineMs: number) => {
        const ports = slotPorts(surroundings, life);
        await serveSlot(sabotage?.ports?.(ports) ?? ports, served, { slotId: life.slotId, deadlineMs });
      },
    };
  }
}
