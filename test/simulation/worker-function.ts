import { type Dice, latencyMs } from './dice.js';
import { COLD_START, WARM_START } from './latencies.js';
import { type CrashPlan, type Environment, Life } from './life.js';
import type { Scheduler } from './scheduler.js';

/** One version of the worker, as it was deployed. */
export interface Deployment {
  readonly version: number;
  /** Reserved concurrency, which changes for all versions at once. */
  readonly slots: number;
  readonly timeoutMs: number;
  /** Serves one slot; resolves when the handler returns. */
  readonly handle: (life: Life, deadlineMs: number) => Promise<void>;
}

export interface WorkerFunctionParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  /** How an invocation, counted from 1, dies before its time. */
  readonly crashOf: (invocation: number) => CrashPlan | undefined;
  readonly throttleProbability: number;
  readonly onInvoked: () => void;
  readonly onEnded: (billedMs: number) => void;
  readonly onDied: (slotId: string) => void;
}

/** AWS does not say when it reclaims an idle environment; minutes are what people see. */
const ENVIRONMENT_IDLE_MAX_MS = 420_000;

/** Requests per second are capped at ten times the concurrency: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
const REQUESTS_PER_SLOT_SECOND = 10;

/** Crashes come at any step of a slot's life, as often among its first ten as among the hundreds after. */
const CRASH_STEP_MAX = 1_000;

/**
 * Lambda: reserved concurrency, cold starts, reuse of environments, crashes and timeouts.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class WorkerFunction {
  readonly #parts: WorkerFunctionParts;
  #deployment: Deployment;
  #idle: Environment[] = [];
  #running = 0;
  #invocations = 0;
  #recent: number[] = [];

  constructor(parts: WorkerFunctionParts, deployment: Deployment) {
    this.#parts = parts;
    this.#deployment = deployment;
  }

  get running(): number {
    return this.#running;
  }

  get invocations(): number {
    return this.#invocations;
  }

  /** New invocations run the new version in new environments; those that run go on. */
  deploy(deployment: Deployment): void {
    this.#deployment = deployment;
    this.#idle = [];
  }

  /** Starts an invocation; `onEnd` says whether it succeeded. @returns false when it was throttled. */
  invoke(onEnd: (succeeded: boolean) => void): boolean {
    const { scheduler, dice, onInvoked } = this.#parts;
    const deployment = this.#deployment;
    if (this.#running >= deployment.slots || this.#tooManyRequests(deployment.slots)) return false;
    this.#running += 1;
    this.#invocations += 1;
    onInvoked();
    const warm = this.#warmEnvironment();
    const environment = warm ?? { lastUsedMs: 0, lastCallMs: -Infinity };
    const startedMs = scheduler.nowMs;
    const slotId = `s${this.#invocations}`;
    const crash = this.#parts.crashOf(this.#invocations);
    scheduler.after(latencyMs(dice, warm === undefined ? COLD_START : WARM_START), () =>
      this.#run({ deployment, environment, slotId, startedMs, crash, onEnd }),
    );
    return true;
  }

  #run(start: Start): void {
    const { deployment, environment, slotId, crash } = start;
    const { scheduler, dice, throttleProbability } = this.#parts;
    const parts = { scheduler, dice, slotId, environment, crash, throttle: throttleProbability };
    const life = new Life(parts, () => {
      this.#parts.onDied(slotId);
      this.#ended(start, false);
    });
    const deadlineMs = scheduler.nowMs + deployment.timeoutMs;
    scheduler.at(deadlineMs, () => life.die());
    scheduler.settled();
    void deployment.handle(life, deadlineMs).then(() => {
      if (!life.alive) return;
      life.end();
      environment.lastUsedMs = scheduler.nowMs;
      if (deployment === this.#deployment) this.#idle.push(environment);
      this.#ended(start, true);
    });
  }

  #ended({ startedMs, onEnd }: Start, succeeded: boolean): void {
    this.#running -= 1;
    this.#parts.onEnded(this.#parts.scheduler.nowMs - startedMs);
    onEnd(succeeded);
  }

  #warmEnvironment(): Environment | undefined {
    const oldestMs = this.#parts.scheduler.nowMs - ENVIRONMENT_IDLE_MAX_MS;
    const environment = this.#idle.pop();
    return environment !== undefined && environment.lastUsedMs > oldestMs ? environment : undefined;
  }

  #tooManyRequests(slots: number): boolean {
    const nowMs = this.#parts.scheduler.nowMs;
    this.#recent = this.#recent.filter((instantMs) => instantMs > nowMs - 1_000);
    if (this.#recent.length >= slots * REQUESTS_PER_SLOT_SECOND) return true;
    this.#recent.push(nowMs);
    return false;
  }
}

interface Start {
  readonly deployment: Deployment;
  readonly environment: Environment;
  readonly slotId: string;
  readonly startedMs: number;
  readonly crash: CrashPlan | undefined;
  readonly onEnd: (succeeded: boolean) => void;
}

/** Where an invocation dies that dies by chance. */
export function crashPlan(dice: Dice): CrashPlan {
  const atStep = Math.ceil(CRASH_STEP_MAX ** dice.ratio());
  return { atStep, afterEffect: dice.chance(0.5) };
}
