import type { OrchestratorConfigInput } from '../../lambdas/core/config/orchestrator-config.js';
import type { TenantAllowance } from '../../lambdas/core/config/tenant-allowance.js';
import type { Priority } from '../../lambdas/core/contracts/priority.js';
import { type Dice, exponentialMs, type Latency, latencyMs } from './dice.js';
import type { PlannedExecution } from './execution.js';
import { START_MS } from './scheduler.js';
import type { Spell } from './spells.js';

export const WORKLOADS = [
  'nightly-batch',
  'high-burst',
  'high-overload',
  'idle-high',
  'batch-only',
  'tenant-flood',
  'tenant-allowance',
  'outage',
  'dead-backlog',
  'maintenance',
  'ordered',
] as const;

export type WorkloadName = (typeof WORKLOADS)[number];

/** What a workload is measured against. */
export interface WorkloadSize {
  readonly durationMs: number;
  /** Calls a second that the limit and the latency allow. */
  readonly capacityPerSecond: number;
  readonly latency: Latency;
  readonly serviceTimeMaxMs: number;
}

export interface Workload {
  readonly executions: readonly PlannedExecution[];
  /** When the legacy API is down as part of the workload. */
  readonly outages: readonly Spell[];
  /** When the legacy API must not be working on any call, as `settingsOf` configures it. */
  readonly maintenance: readonly Spell[];
}

/** Some calls may not be repeated, and some are of no use after a while. */
const ONCE_SHARE = 0.2;
const DEADLINE_SHARE = 0.02;
const DEADLINE_AFTER_MS = 45_000;

/** Between two calls of a system that is otherwise idle: long enough for slots to end, and now and then for environments to go. */
const IDLE_GAP_LEAST_MS = 90_000;
const IDLE_GAP_MOST_MS = 600_000;
const IDLE_CALLS = 12;

/** The tenant whose calls come all at once, and those who have few and regular ones. */
export const FLOODING = 'flooding';
const QUIET = ['quiet 1', 'quiet 2', 'quiet 3', 'quiet 4', 'quiet 5'];

/** Ordering keys: many with few calls, and few with many. */
const MANY_KEYS = 40;
const FEW_KEYS = 4;

/** So many stopped executions for each second of the workload: an hour of it leaves 36,000 messages of dead ones. */
const STOPPED_PER_SECOND = 10;
const STOPPED_AFTER_MS = 2_000;

export function workloadOf(name: WorkloadName, size: WorkloadSize, dice: Dice): Workload {
  const planner = new Planner(size, dice);
  planner.add(name);
  const executions = planner.executions.sort((one, other) => one.atMs - other.atMs);
  return {
    executions,
    outages: name === 'outage' ? [middleOf(size)] : [],
    maintenance: name === 'maintenance' ? MAINTENANCE : [],
  };
}

const MINUTE_MS = 60_000;

/** Two windows while calls come, of which the first leaves a backlog to the time between them. */
const MAINTENANCE: readonly Spell[] = [
  { fromMs: START_MS + MINUTE_MS, toMs: START_MS + 2 * MINUTE_MS },
  { fromMs: START_MS + 3 * MINUTE_MS, toMs: START_MS + 7 * MINUTE_MS },
];

/** The same windows as people write them: virtual time begins at midnight. */
const MAINTENANCE_AS_CONFIGURED = [
  { from: '00:01', to: '00:02' },
  { from: '00:03', to: '00:07' },
];

/** What the configuration says for this workload alone. */
export function settingsOf(
  name: WorkloadName,
  callsPerSecond: number,
): Pick<OrchestratorConfigInput, 'maintenance' | 'ordering' | 'priorities'> {
  return {
    ...(name === 'maintenance' ? { maintenance: MAINTENANCE_AS_CONFIGURED } : {}),
    ...(name === 'ordered' ? { ordering: 'perKey' } : {}),
    ...(name === 'tenant-allowance'
      ? { priorities: { NORMAL: { tenantAllowance: allowanceAt(callsPerSecond) } } }
      : {}),
  };
}

/** Tenants that the workload has; all of them count as busy. */
export const TENANTS = QUIET.length + 1;

/**
 * An allowance of a twelfth of the capacity each: half of it for all of them, and four times what a quiet one asks for.
 * The overflow's share is so large that its absence shows within minutes.
 */
function allowanceAt(callsPerSecond: number): TenantAllowance {
  // Half a minute, and longer where that would be less than five calls.
  const windowSeconds = Math.max(30, Math.ceil((5 * 2 * TENANTS) / callsPerSecond));
  const calls = Math.floor((callsPerSecond * windowSeconds) / 2 / TENANTS);
  return { calls, windowSeconds, overflowShareRatio: 0.2 };
}

function middleOf({ durationMs }: WorkloadSize): Spell {
  return { fromMs: START_MS + durationMs * 0.35, toMs: START_MS + durationMs * 0.5 };
}

/** What one more execution has of its own. */
type More = () => Partial<PlannedExecution>;

const NOTHING_MORE: More = () => ({});

class Planner {
  readonly executions: PlannedExecution[] = [];
  readonly #size: WorkloadSize;
  readonly #dice: Dice;

  constructor(size: WorkloadSize, dice: Dice) {
    this.#size = size;
    this.#dice = dice;
  }

  add(name: WorkloadName): void {
    switch (name) {
      case 'nightly-batch':
        this.#bulk('BATCH', 0.72, 0);
        this.#trickle('HIGH', 0.1);
        return this.#trickle('NORMAL', 0.2);
      case 'high-burst':
        this.#bulk('BATCH', 0.8, 0);
        return this.#bulk('HIGH', 0.2, 0.3);
      case 'high-overload':
        this.#trickle('HIGH', 1.2, 0.6);
        this.#trickle('NORMAL', 0.1);
        return this.#trickle('BATCH', 0.1);
      case 'idle-high':
        return this.#nowAndThen('HIGH');
      case 'batch-only':
        return this.#bulk('BATCH', 1, 0);
      case 'tenant-flood':
      case 'tenant-allowance':
        this.#bulk('NORMAL', 0.6, 0.1, () => ({ tenant: FLOODING }));
        for (const tenant of QUIET) this.#trickle('NORMAL', 0.1 / QUIET.length, 1, () => ({ tenant }));
        this.#trickle('HIGH', 0.1);
        return this.#trickle('BATCH', 0.1);
      case 'outage':
        this.#trickle('HIGH', 0.2);
        this.#trickle('NORMAL', 0.3);
        return this.#trickle('BATCH', 0.3);
      case 'dead-backlog':
        this.#stopped('BATCH');
        this.#trickle('HIGH', 0.1);
        return this.#trickle('NORMAL', 0.2);
      case 'maintenance':
        this.#bulk('BATCH', 0.4, 0);
        this.#trickle('HIGH', 0.1);
        return this.#trickle('NORMAL', 0.2);
      case 'ordered':
        this.#bulk('NORMAL', 0.4, 0, () => this.#keyOf(MANY_KEYS));
        this.#bulk('BATCH', 0.2, 0, () => ({
          ...this.#keyOf(FEW_KEYS),
          stopAtMs: START_MS + STOPPED_AFTER_MS,
        }));
        this.#bulk('BATCH', 0.2, 0, () => this.#keyOf(FEW_KEYS));
        this.#trickle('HIGH', 0.1, 1, () => this.#keyOf(FEW_KEYS));
        return this.#trickle('HIGH', 0.05);
    }
  }

  #keyOf(keys: number): Partial<PlannedExecution> {
    return { orderingKey: `key ${this.#dice.between(1, keys)}` };
  }

  /** Calls that come at random, `load` of the capacity, in the first `until` of the time. */
  #trickle(priority: Priority, load: number, until = 1, more: More = NOTHING_MORE): void {
    const perSecond = load * this.#size.capacityPerSecond;
    const endMs = this.#size.durationMs * until;
    let atMs = exponentialMs(this.#dice, perSecond);
    for (; atMs < endMs; atMs += exponentialMs(this.#dice, perSecond))
      this.#push(priority, atMs, true, more());
  }

  /** So many calls at once that they take `load` of the time. Only the first one's event rings, as of one parent. */
  #bulk(priority: Priority, load: number, from: number, more: More = NOTHING_MORE): void {
    const count = Math.ceil((load * this.#size.capacityPerSecond * this.#size.durationMs) / 1_000);
    const fromMs = this.#size.durationMs * from;
    for (let index = 0; index < count; index += 1) this.#push(priority, fromMs, index === 0, more());
  }

  /** A parent and all of its children, started at once and stopped before their messages are old. */
  #stopped(priority: Priority): void {
    const count = Math.ceil((STOPPED_PER_SECOND * this.#size.durationMs) / 1_000);
    for (let index = 0; index < count; index += 1)
      this.#push(priority, 0, index === 0, { stopAtMs: START_MS + STOPPED_AFTER_MS });
  }

  #nowAndThen(priority: Priority): void {
    let atMs = 0;
    for (let index = 0; index < IDLE_CALLS; index += 1) {
      atMs += this.#dice.between(IDLE_GAP_LEAST_MS, IDLE_GAP_MOST_MS);
      this.#push(priority, atMs, true);
    }
  }

  #push(priority: Priority, afterMs: number, rings: boolean, more: Partial<PlannedExecution> = {}): void {
    const dice = this.#dice;
    const atMs = START_MS + Math.round(afterMs);
    const serviceMs = Math.min(this.#size.serviceTimeMaxMs, latencyMs(dice, this.#size.latency));
    const plan = { atMs, priority, once: dice.chance(ONCE_SHARE), serviceMs, rings, ...more };
    const hasDeadline = priority !== 'BATCH' && dice.chance(DEADLINE_SHARE);
    this.executions.push(hasDeadline ? { ...plan, deadlineMs: atMs + DEADLINE_AFTER_MS } : plan);
  }
}
