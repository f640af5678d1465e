import { PRIORITIES } from '../contracts/priority.js';
import { leavesTimeFor, longestMaintenanceMs } from '../maintenance/windows.js';
import type { OrchestratorConfig } from './orchestrator-config.js';
import type { Timings } from './timings.js';

/** Of the time for which work waited, what it takes to serve it beside what comes: as much where half of the limit is in use. */
const DRAIN_RATIO = 1;

export function maintenanceLeavesTime(
  { maintenance }: OrchestratorConfig,
  { callRunsMaxMs }: Timings,
): readonly string[] {
  if (leavesTimeFor(maintenance, callRunsMaxMs)) return [];
  return [
    `maintenance: the windows leave no ${seconds(callRunsMaxMs)} seconds in a week, in which one call could begin and end; shorten them`,
  ];
}

export function aTaskOutlivesMaintenance(
  { maintenance, priorities }: OrchestratorConfig,
  { callRunsMaxMs }: Timings,
): readonly string[] {
  const longestMs = longestMaintenanceMs(maintenance);
  // Windows that never end are another fault.
  if (longestMs === 0 || longestMs === Infinity) return [];
  const leastSeconds = seconds(callRunsMaxMs + (1 + DRAIN_RATIO) * longestMs);
  return PRIORITIES.filter((priority) => priorities[priority].taskTimeoutSeconds <= leastSeconds).map(
    (priority) =>
      `priorities.${priority}: taskTimeoutSeconds ${priorities[priority].taskTimeoutSeconds} does not outlast a maintenance window of ${seconds(longestMs)} s, the ${seconds(callRunsMaxMs)} s before it and as long again to drain what came meanwhile; allow more than ${leastSeconds} seconds`,
  );
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}
