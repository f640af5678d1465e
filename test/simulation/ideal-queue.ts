import {
  type ByPriority,
  byPriority,
  PRIORITIES,
  type Priority,
} from '../../lambdas/core/contracts/priority.js';
import type { Dice } from './dice.js';
import { Distribution } from './distribution.js';

export interface IdealArrival {
  readonly atMs: number;
  readonly priority: Priority;
  readonly serviceMs: number;
}

export interface IdealServers {
  readonly slots: number;
  /** Least time between two starts of one server: W / k, without any allowance for jitter. */
  readonly holdMs: number;
  readonly shares: ByPriority<number>;
}

/**
 * The bound that no implementation can beat: a non-preemptive priority queue with as many servers as there are slots
 * and the same minimum shares, which knows of every arrival at once and loses no time on anything.
 *
 * @returns the waits from arrival to start.
 */
export function idealWaits(
  arrivals: readonly IdealArrival[],
  { slots, holdMs, shares }: IdealServers,
  dice: Dice,
): ByPriority<Distribution> {
  const waits = byPriority(() => new Distribution());
  const queues = byPriority((): { items: IdealArrival[]; head: number } => ({ items: [], head: 0 }));
  const freeAtMs = new Array<number>(slots).fill(-Infinity);
  const ordered = [...arrivals].sort((one, other) => one.atMs - other.atMs);
  let next = 0;
  let waiting = 0;
  let lastMs = -Infinity;
  for (;;) {
    const server = indexOfLeast(freeAtMs);
    const arrival = ordered[next];
    const freeMs = freeAtMs[server] ?? 0;
    if (waiting === 0 && arrival === undefined) return waits;
    // Servers that have been free all along serve what waits now, not before it came.
    const nowMs = Math.max(lastMs, waiting === 0 ? Math.max(freeMs, arrival?.atMs ?? 0) : freeMs);
    lastMs = nowMs;
    for (let item = ordered[next]; item !== undefined && item.atMs <= nowMs; item = ordered[next]) {
      queues[item.priority].items.push(item);
      next += 1;
      waiting += 1;
    }
    const leader = leaderOf(shares, dice.ratio());
    const order = [leader, ...PRIORITIES.filter((priority) => priority !== leader)];
    const from = order.find((priority) => queues[priority].head < queues[priority].items.length);
    if (from === undefined) continue;
    const queue = queues[from];
    const served = queue.items[queue.head];
    if (served === undefined) continue;
    queue.head += 1;
    waiting -= 1;
    waits[from].add(nowMs - served.atMs);
    freeAtMs[server] = nowMs + Math.max(holdMs, served.serviceMs);
  }
}

/** Each class leads its share of the turns; what the shares leave over belongs to the most urgent class. */
function leaderOf(shares: ByPriority<number>, draw: number): Priority {
  if (draw < shares.NORMAL) return 'NORMAL';
  return draw < shares.NORMAL + shares.BATCH ? 'BATCH' : 'HIGH';
}

function indexOfLeast(values: readonly number[]): number {
  let least = 0;
  for (let index = 1; index < values.length; index += 1) {
    if ((values[index] ?? Infinity) < (values[least] ?? Infinity)) least = index;
  }
  return least;
}
