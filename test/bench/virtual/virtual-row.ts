import type { PollerBehaviour } from '../../simulation/event-source-mapping.js';
import { configOf } from '../../simulation/scenario.js';
import type { ModelStepFunctions } from '../../simulation/step-functions.js';
import type { Usage } from '../../simulation/usage.js';
import type { Violations } from '../../simulation/violations.js';
import { figuresOf, type Row, type Served } from '../row.js';
import type { Workload } from '../workload.js';

export interface VirtualRun {
  readonly name: string;
  readonly pollers: PollerBehaviour;
  readonly workload: Workload;
  readonly calls: number;
  readonly violations: Violations;
  readonly stepFunctions: ModelStepFunctions;
  readonly usage: Usage;
  readonly deadLetteredUnrun: number;
}

/** Dollars are without state transitions, logs and metrics, which are the same for everyone. */
export function virtualRow(run: VirtualRun): Row {
  const { name, pollers, workload, calls, violations, stepFunctions, usage, deadLetteredUnrun } = run;
  const { memoryMb } = configOf(workload.slots, [workload.limit]);
  const served = stepFunctions.executions.map(({ plan, firstCallMs, firstEnqueuedMs }): Served => ({
    priority: plan.priority,
    waitMs: firstCallMs === undefined ? undefined : firstCallMs - firstEnqueuedMs,
    executedAtMs: firstCallMs,
  }));
  return {
    time: 'virtual',
    name,
    pollers,
    slots: workload.slots,
    violations: violations.count,
    ...figuresOf(served, workload),
    receivesPerCall: usage.receives / calls,
    invocationsPerCall: usage.invocations / calls,
    deadLetteredUnrun,
    usdPerMillionCalls: (usage.usd(memoryMb) / calls) * 1e6,
  };
}
