import { byPriority } from '../../lambdas/core/contracts/priority.js';
import { holdMs } from '../../lambdas/core/pacing/hold.js';
import { diceOf } from '../simulation/dice.js';
import { idealWaits } from '../simulation/ideal-queue.js';
import { configOf } from '../simulation/scenario.js';
import type { Row } from './row.js';
import type { Workload } from './workload.js';

/** The bound that the simulator measures against, on the arrivals of this workload. */
export function idealRow(workload: Workload, time: Row['time']): Row & Required<Pick<Row, 'highWaitMs'>> {
  const { limit, slots, seed, jobs } = workload;
  const { priorities } = configOf(slots, [limit]);
  const shares = byPriority((priority) => priorities[priority].minShareRatio);
  const servers = { slots, holdMs: holdMs([limit], slots, 0), shares };
  const { HIGH } = idealWaits(jobs, servers, diceOf(seed, 'ideal'));
  const highWaitMs = { p50: HIGH.percentileMs(0.5), p99: HIGH.percentileMs(0.99) };
  return { time, name: 'ideal priority queue', slots, highCalls: HIGH.count, highWaitMs };
}
