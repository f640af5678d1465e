import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import type { Doorbell, Ports } from '../../lambdas/core/ports.js';
import { serveSlot } from '../../lambdas/core/worker/serve-slot.js';
import { anInvocation } from './a-slot-world.js';
import type { VirtualClock } from './virtual-clock.js';

/** The doorbell's event source mapping hands over up to this many bells at once. */
const BELLS_PER_INVOCATION = 10;

const SWEEPER_MS = 60_000;

interface Life {
  over: boolean;
  readonly slotId: string;
}

/** The worker as Lambda runs it: bells start slots, at most C live at once, and a crash frees its place at once. */
export class SlotFleet implements Doorbell {
  /** What was thrown by slots, which must never throw. */
  readonly rejections: unknown[] = [];
  readonly #clock: VirtualClock;
  readonly #config: OrchestratorConfig;
  readonly #ports: Ports;
  readonly #living = new Set<Life>();
  #bells = 0;
  #started = 0;

  constructor(clock: VirtualClock, config: OrchestratorConfig, ports: Omit<Ports, 'doorbell'>) {
    this.#clock = clock;
    this.#config = config;
    this.#ports = { ...ports, doorbell: this };
  }

  get living(): number {
    return this.#living.size;
  }

  async ring(delayMs = 0): Promise<void> {
    await Promise.resolve();
    this.#clock.at(this.#clock.nowMs() + delayMs, () => {
      this.#bells += 1;
      this.#startSlots();
    });
  }

  /** Rings every minute from now on. */
  sweep(): void {
    void this.ring();
    this.#clock.at(this.#clock.nowMs() + SWEEPER_MS, () => this.sweep());
  }

  /** Ends one of the living slots in the middle of whatever it does. */
  crash(choice: number): void {
    const victim = [...this.#living][choice % Math.max(1, this.#living.size)];
    if (victim === undefined) return;
    victim.over = true;
    this.#living.delete(victim);
  }

  #startSlots(): void {
    while (this.#bells > 0 && this.#living.size < this.#config.slots) {
      this.#bells = Math.max(0, this.#bells - BELLS_PER_INVOCATION);
      this.#started += 1;
      const life = { over: false, slotId: `slot-${this.#started}` };
      this.#living.add(life);
      void this.#live(life);
    }
  }

  async #live(life: Life): Promise<void> {
    const invocation = anInvocation(this.#config, this.#clock, life.slotId);
    try {
      await serveSlot(mortal(this.#ports, life), this.#config, invocation);
    } catch (error) {
      this.rejections.push(error);
    }
    this.#living.delete(life);
    this.#startSlots();
  }
}

/** The same ports, of which none answers any more once the life that uses them is over. */
function mortal(ports: Ports, life: Life): Ports {
  const {
    clock,
    random,
    queues,
    doorbell,
    callback,
    legacyApi,
    control,
    slots,
    ledger,
    quotaBook,
    telemetry,
    fingerprint,
    results,
  } = ports;
  return {
    clock: mortalPort(clock, life),
    random: mortalPort(random, life),
    queues: mortalPort(queues, life),
    doorbell: mortalPort(doorbell, life),
    callback: mortalPort(callback, life),
    legacyApi: mortalPort(legacyApi, life),
    control: mortalPort(control, life),
    slots: mortalPort(slots, life),
    ledger: mortalPort(ledger, life),
    fingerprint,
    results: results && mortalPort(results, life),
    quotaBook: mortalPort(quotaBook, life),
    telemetry: mortalPort(telemetry, life),
  };
}

function mortalPort<Port extends object>(port: Port, life: Life): Port {
  const whileAlive = <T>(value: T): T | Promise<never> =>
    life.over ? new Promise<never>(() => undefined) : value;
  return new Proxy(port, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        if (life.over) return whileAlive(undefined);
        const answer = method.apply(target, args);
        if (!(answer instanceof Promise)) return answer;
        return answer.then(whileAlive, (error: unknown) => {
          if (life.over) return whileAlive(undefined);
          throw error;
        });
      };
    },
  });
}
