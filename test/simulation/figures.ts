import { type ByPriority, byPriority } from '../../lambdas/core/contracts/priority.js';
import { holdMs } from '../../lambdas/core/pacing/hold.js';
import { pacedLimits, quotaLimits } from '../../lambdas/core/config/limit-kinds.js';
import { diceOf } from './dice.js';
import { Distribution } from './distribution.js';
import { idealWaits } from './ideal-queue.js';
import { quotaRoom, type Scenario } from './scenario.js';
import { Usage } from './usage.js';
import type { Violation } from './violations.js';
import { FLOODING } from './workloads.js';
import type { World } from './world.js';

/** The run of one scenario that broke a promise. */
export interface BrokenRun {
  readonly scenario: Scenario;
  readonly violations: readonly Violation[];
}

interface Wait {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What `--figures` writes for each workload and number of slots. */
export interface FiguresJson {
  readonly seeds: number;
  readonly calls: number;
  readonly violations: number;
  /** All of them; each was allowed, by a minimum share or by a short poll that missed. */
  readonly inversions: number;
  readonly inversionsByMiss: number;
  readonly lost: number;
  readonly repeated: number;
  readonly deadLetteredUnrun: number;
  /** Calls made, or tried, while the legacy API was down. */
  readonly callsWhileDown: number;
  /** Of the legacy API's limit while there was backlog; null without limits or backlog. */
  readonly limitUsedShare: number | null;
  readonly slotUtilisation: number | null;
  readonly waitMs: ByPriority<Wait>;
  /** Of NORMAL calls of tenants beside one that floods the queue; 0 in other workloads. */
  readonly quietTenantsWaitMs: Wait;
  readonly idealHighWaitMsP99: number;
  readonly wakeUpMsP99: number;
  readonly receivesPerCall: number;
  readonly invocationsPerCall: number;
  readonly usdPerMillionCalls: number;
}

/** The figures of many runs that differ by their seeds only. */
export class Figures {
  readonly broken: BrokenRun[] = [];
  readonly #waits = byPriority(() => new Distribution());
  readonly #quiet = new Distribution();
  readonly #idealHigh = new Distribution();
  readonly #wakeUps = new Distribution();
  readonly #usage = new Usage();
  #runs = 0;
  #calls = 0;
  #violations = 0;
  #byShare = 0;
  #byMiss = 0;
  #lost = 0;
  #repeated = 0;
  #deadLetteredUnrun = 0;
  #whileDown = 0;
  #busySlotMs = 0;
  #neededMs = 0;
  #busyCalls = 0;
  #allowedCalls = 0;
  #memoryMb = 0;

  get calls(): number {
    return this.#calls;
  }

  get violations(): number {
    return this.#violations;
  }

  /** `ideal`: whether the ideal queue is run on the same arrivals, which is only fair where nothing fails. */
  add(scenario: Scenario, world: World, ideal: boolean): void {
    const { violations, judge, turns, usage, config } = world;
    this.#runs += 1;
    this.#calls += judge.calls;
    this.#repeated += judge.repeated;
    this.#deadLetteredUnrun += world.deadLetters.unrun;
    this.#whileDown += judge.whileDown;
    this.#lost += world.lost;
    this.#byShare += turns.inversions.byShare;
    this.#byMiss += turns.inversions.byMiss;
    this.#memoryMb = config.memoryMb;
    this.#usage.add(usage);
    this.#addWaits(world);
    this.#addBusy(scenario, world);
    if (ideal) this.#addIdeal(scenario, world);
    this.#violations += violations.count;
    if (violations.count > 0) this.broken.push({ scenario, violations: violations.kept });
  }

  toJson(): FiguresJson {
    const perCall = (value: number) => rounded(value / Math.max(1, this.#calls), 4);
    const share = (part: number, whole: number) => (whole > 0 ? rounded(part / whole, 4) : null);
    return {
      seeds: this.#runs,
      calls: this.#calls,
      violations: this.#violations,
      inversions: this.#byShare + this.#byMiss,
      inversionsByMiss: this.#byMiss,
      lost: this.#lost,
      repeated: this.#repeated,
      deadLetteredUnrun: this.#deadLetteredUnrun,
      callsWhileDown: this.#whileDown,
      limitUsedShare: share(this.#busyCalls, this.#allowedCalls),
      slotUtilisation: share(this.#neededMs, this.#busySlotMs),
      waitMs: byPriority((priority) => waitOf(this.#waits[priority])),
      quietTenantsWaitMs: waitOf(this.#quiet),
      idealHighWaitMsP99: this.#idealHigh.percentileMs(0.99),
      wakeUpMsP99: this.#wakeUps.percentileMs(0.99),
      receivesPerCall: perCall(this.#usage.receives),
      invocationsPerCall: perCall(this.#usage.invocations),
      usdPerMillionCalls: rounded((this.#usage.usd(this.#memoryMb) / Math.max(1, this.#calls)) * 1e6, 2),
    };
  }

  #addWaits({ stepFunctions }: World): void {
    for (const { firstCallMs, firstEnqueuedMs, plan } of stepFunctions.executions) {
      if (firstCallMs === undefined) continue;
      this.#waits[plan.priority].add(firstCallMs - firstEnqueuedMs);
      this.#wakeUps.add(firstCallMs - plan.atMs);
      if (plan.tenant !== undefined && plan.tenant !== FLOODING)
        this.#quiet.add(firstCallMs - firstEnqueuedMs);
    }
  }

  #addBusy({ slots, limits }: Scenario, { meter, workload }: World): void {
    // Slots rest in it, whatever waits.
    if (workload.maintenance.length > 0) return;
    const perMs = Math.min(...pacedLimits(limits).map(({ calls, windowMs }) => calls / windowMs));
    const hasQuota = quotaLimits(limits).length > 0;
    // While a quota is spent the slots have nothing that they might do.
    if (!hasQuota) {
      this.#busySlotMs += slots * meter.busyMs;
      this.#neededMs += meter.neededMs;
    }
    if (limits.length === 0) return;
    this.#busyCalls += meter.calls;
    this.#allowedCalls += Math.min(perMs * meter.busyMs, quotaRoom(limits, meter.busyMs));
  }

  #addIdeal({ seed, slots, limits }: Scenario, { stepFunctions, shares }: World): void {
    const arrivals = stepFunctions.executions.map(({ firstEnqueuedMs, plan }) => ({
      atMs: firstEnqueuedMs,
      priority: plan.priority,
      serviceMs: plan.serviceMs,
    }));
    const servers = { slots, holdMs: holdMs(pacedLimits(limits), slots, 0), shares };
    this.#idealHigh.addAll(idealWaits(arrivals, servers, diceOf(seed, 'ideal')).HIGH);
  }
}

function waitOf(waits: Distribution): Wait {
  return { p50: waits.percentileMs(0.5), p99: waits.percentileMs(0.99), max: waits.maxMs };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
