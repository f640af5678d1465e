import type { CallJudge } from './call-judge.js';
import type { Execution } from './execution.js';
import type { CallWatch, SentCall } from './legacy-api.js';
import type { OrderJudge } from './order-judge.js';
import type { SaturationMeter } from './saturation-meter.js';
import type { Scheduler } from './scheduler.js';
import type { TenantCounts } from './tenant-counts.js';

export interface EveryJudgeParts {
  readonly scheduler: Scheduler;
  readonly calls: CallJudge;
  readonly order: OrderJudge;
  readonly tenants: TenantCounts;
  readonly meter: SaturationMeter;
  /** Messages that wait now. */
  readonly backlog: () => number;
  readonly trace: (what: string) => void;
}

/** Tells everybody of each call whom it concerns: a lookup keeps to the limits, but to no order and no allowance. */
export class EveryJudge implements CallWatch {
  readonly #parts: EveryJudgeParts;

  constructor(parts: EveryJudgeParts) {
    this.#parts = parts;
  }

  callSent(execution: Execution, call: SentCall): void {
    const { scheduler, calls, order, tenants, meter, backlog, trace } = this.#parts;
    trace(`c${execution.index} ${call.isLookup ? 'looked up' : 'sent'}`);
    if (!call.isLookup && execution.firstCallMs === undefined) tenants.callStarted(execution);
    calls.callSent(execution, call);
    if (!call.isLookup) order.callSent(execution);
    meter.callStarted(scheduler.nowMs, backlog());
  }

  callArrived(execution: Execution, isLookup: boolean): void {
    this.#parts.calls.callArrived();
    if (!isLookup) this.#parts.order.callArrived(execution);
  }

  callEnded(execution: Execution, isLookup: boolean): void {
    this.#parts.calls.callEnded();
    if (!isLookup) this.#parts.order.callEnded(execution);
  }

  executed(execution: Execution): void {
    this.#parts.calls.executed(execution);
  }

  callMadeWhileDown(): void {
    this.#parts.calls.callMadeWhileDown();
  }
}
