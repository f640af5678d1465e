import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import type { Execution } from './execution.js';
import type { CallWatch, SentCall } from './legacy-api.js';
import { Allowance, InFlightJudge, WindowJudge } from './limit-judge.js';
import type { Scheduler } from './scheduler.js';
import { isWithin, type Spell } from './spells.js';
import type { ModelTable } from './table.js';
import type { Promised, Violations } from './violations.js';

/** How long after a change of the control record a slot may still obey the old one: a second, and the call in hand. */
const CONTROL_GRACE_MS = 2_000;

/** From the last look at whether a task still waits to its call: the rest of a hold, and the settling before it. */
const IN_HAND_MS = 3_000;

/** What the judge's sum may be off by, in milliseconds. */
const ROUNDING_MS = 2;

export interface JudgeParts {
  readonly scheduler: Scheduler;
  readonly config: OrchestratorConfig;
  readonly table: ModelTable;
  readonly violations: Violations;
  /** When no call may be running at the legacy API, as it sees it. */
  readonly maintenance: readonly Spell[];
  /** How long after a redeploy a slot of the old version may still serve. */
  readonly slotLifeMaxMs: number;
  readonly trace: (what: string) => void;
}

/** P1, P5, P6, the gate and the recovery after it: judges every call as it is sent, arrives and ends. */
export class CallJudge implements CallWatch {
  readonly #parts: JudgeParts;
  readonly #allowances: readonly { readonly calls: Allowance; readonly windowMs: number }[];
  readonly #slots: Allowance;
  readonly #sent: readonly WindowJudge[];
  readonly #arrived: readonly WindowJudge[];
  readonly #inFlight: InFlightJudge;
  readonly #lastSentMs = new Map<string, number>();
  #calls = 0;
  #repeated = 0;
  #toTheDead = 0;
  #whileDown = 0;
  #running = 0;

  constructor(parts: JudgeParts) {
    const { config, slotLifeMaxMs } = parts;
    this.#parts = parts;
    this.#allowances = config.limits.map(({ calls, windowMs }) => ({
      calls: new Allowance(calls),
      windowMs,
    }));
    this.#slots = new Allowance(config.slots);
    const judges = (where: string) =>
      this.#allowances.map(
        ({ calls, windowMs }) =>
          new WindowJudge({ windowMs, allowance: calls, graceMs: CONTROL_GRACE_MS }, (what) =>
            this.#broken('P1', `${what} ${where}`),
          ),
      );
    this.#sent = judges('as sent');
    this.#arrived = judges('at the door');
    this.#inFlight = new InFlightJudge(this.#slots, slotLifeMaxMs, (what) => this.#broken('P1', what));
    for (const { fromMs } of parts.maintenance) parts.scheduler.at(fromMs, () => this.#maintenanceBegins());
  }

  get calls(): number {
    return this.#calls;
  }

  /** Blind repeats of `once` calls. */
  get repeated(): number {
    return this.#repeated;
  }

  /** Calls for executions that had ended, within the bound or not. */
  get toTheDead(): number {
    return this.#toTheDead;
  }

  /** Calls made, or tried, while the legacy API was down. */
  get whileDown(): number {
    return this.#whileDown;
  }

  /** The limits were changed through the control record. */
  limitsChanged(callsRatio: number): void {
    for (const [index, { calls }] of this.#parts.config.limits.entries()) {
      const changed = changedCalls(calls, callsRatio);
      this.#allowances[index]?.calls.change(this.#parts.scheduler.nowMs, changed);
    }
  }

  /** A version with another number of slots was deployed. */
  slotsChanged(slots: number): void {
    this.#slots.change(this.#parts.scheduler.nowMs, slots);
  }

  callSent(execution: Execution, { slotId, isLookup, mayExecute }: SentCall): void {
    const nowMs = this.#parts.scheduler.nowMs;
    this.#calls += 1;
    for (const judge of this.#sent) judge.started(nowMs);
    this.#judgeDead(execution, nowMs);
    this.#judgeGate(slotId, nowMs);
    this.#judgeRate(slotId, nowMs);
    if (isLookup) return;
    this.#judgeRepeat(execution);
    execution.firstCallMs ??= nowMs;
    execution.callsSent += 1;
    if (mayExecute) execution.maybeExecuted = true;
  }

  /** Blind or not: nothing that must be done once may be done twice. */
  executed(execution: Execution): void {
    const { index, plan, executed } = execution;
    if (plan.once && executed) this.#broken('P5', `c${index} is a once call and was executed twice`);
    execution.executed = true;
  }

  callArrived(): void {
    const nowMs = this.#parts.scheduler.nowMs;
    for (const judge of this.#arrived) judge.started(nowMs);
    this.#inFlight.arrived(nowMs);
    this.#running += 1;
    if (isWithin(this.#parts.maintenance, nowMs)) this.#broken('maintenance', 'a call arrived');
  }

  callEnded(): void {
    this.#inFlight.ended();
    this.#running -= 1;
  }

  callMadeWhileDown(): void {
    this.#whileDown += 1;
  }

  #maintenanceBegins(): void {
    if (this.#running > 0) this.#broken('maintenance', `${this.#running} calls are running when it begins`);
  }

  #judgeRepeat({ index, plan, maybeExecuted }: Execution): void {
    if (!plan.once || !maybeExecuted) return;
    this.#repeated += 1;
    this.#broken('P5', `c${index} is a once call and was repeated blindly`);
  }

  #judgeDead({ index, end, endedMs, probeFailed }: Execution, nowMs: number): void {
    if (end === undefined) return;
    this.#toTheDead += 1;
    const boundMs = this.#parts.config.livenessAfterMs + IN_HAND_MS;
    if (nowMs - endedMs > boundMs && !probeFailed)
      this.#broken('P6', `c${index} was called ${nowMs - endedMs} ms after its execution: ${end}`);
  }

  #judgeGate(slotId: string, nowMs: number): void {
    const { history } = this.#parts.table;
    const untilMs = history.closedBefore(nowMs - CONTROL_GRACE_MS, nowMs);
    if (untilMs !== undefined)
      this.#broken('gate', `a call started ${untilMs - nowMs} ms before the gate opens`);
    if (!history.passesBreaker(slotId, nowMs - CONTROL_GRACE_MS))
      this.#broken('gate', `${slotId} called while the breaker is open, and was not the probe`);
  }

  /** While slots are slowed, time counts by the ratio only: its sum between two calls of a slot is a hold at least. */
  #judgeRate(slotId: string, nowMs: number): void {
    const { table } = this.#parts;
    const lastMs = this.#lastSentMs.get(slotId);
    this.#lastSentMs.set(slotId, nowMs);
    const holdMs = table.slots.get(slotId)?.pace.holdMs;
    if (lastMs === undefined || holdMs === undefined) return;
    const countedMs = table.history.fullRateMs(lastMs, nowMs, nowMs - CONTROL_GRACE_MS);
    if (countedMs !== undefined && countedMs < holdMs - ROUNDING_MS)
      this.#broken(
        'rate',
        `${slotId} called after ${countedMs.toFixed(1)} ms at the full rate, its hold is ${holdMs}`,
      );
  }

  #broken(promise: Promised, what: string): void {
    const { violations, scheduler, trace } = this.#parts;
    violations.add(promise, scheduler.nowMs, what);
    trace(`VIOLATION ${promise} ${what}`);
  }
}

/** A limit after a change of the control record. */
export function changedCalls(calls: number, ratio: number): number {
  return Math.max(1, Math.floor(calls * ratio));
}
