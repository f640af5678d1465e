import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { timingsOf } from '../config/timings.js';

/** The times and thresholds of a configuration: those that are set, and those that follow. */
export interface Settings extends Pick<
  OrchestratorConfig,
  'slots' | 'serviceTimeMaxMs' | 'slotBudgetMs' | 'priorities'
> {
  readonly holdMs: number;
  /** Of the operation that waits longest. */
  readonly operationTimeoutMs: number;
  readonly visibilityTimeoutSeconds: number;
  readonly functionTimeoutSeconds: number;
  readonly doorbellVisibilitySeconds: number;
}

export function settingsOf(config: OrchestratorConfig): Settings {
  const { slots, serviceTimeMaxMs, slotBudgetMs, priorities, operations } = config;
  const { holdMs, visibilityTimeoutSeconds, functionTimeoutSeconds, doorbellVisibilitySeconds } =
    timingsOf(config);
  return {
    slots,
    serviceTimeMaxMs,
    slotBudgetMs,
    priorities,
    holdMs,
    operationTimeoutMs: Math.max(...Object.values(operations).map(({ timeoutMs }) => timeoutMs)),
    visibilityTimeoutSeconds,
    functionTimeoutSeconds,
    doorbellVisibilitySeconds,
  };
}
