import type { PlannedExecution } from '../../simulation/execution.js';
import { START_MS } from '../../simulation/scheduler.js';
import type { Workload } from '../workload.js';

/** The workload's jobs as executions of the simulator. BATCH is one parent's children: only the first one's event rings. */
export function plansOf({ jobs }: Workload): readonly PlannedExecution[] {
  return jobs.map(({ priority, atMs, serviceMs }, index) => ({
    atMs: START_MS + atMs,
    priority,
    serviceMs,
    once: false,
    rings: priority !== 'BATCH' || index === 0,
  }));
}
