import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { lanesOf } from '../config/tenant-allowance.js';
import { type Lane, priorityOf } from '../contracts/lane.js';
import { byPriority } from '../contracts/priority.js';
import { type Control, servedPriorities } from '../control.js';
import type { TurnShares } from './turn-order.js';

/** The queues that may be served, most urgent first. */
export function servedLanes(config: OrchestratorConfig, control: Control): readonly Lane[] {
  const served = servedPriorities(control);
  return lanesOf(config).filter((lane) => served.includes(priorityOf(lane)));
}

/** What the configuration says of turns. */
export function turnSharesOf({ priorities }: OrchestratorConfig): TurnShares {
  return {
    ofClasses: byPriority((priority) => priorities[priority].minShareRatio),
    ofOverflows: byPriority((priority) => priorities[priority].tenantAllowance?.overflowShareRatio),
  };
}
