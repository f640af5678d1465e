import { pacedLimits } from '../config/limit-kinds.js';
import { type ByPriority, byPriority, type Priority } from '../contracts/priority.js';
import { closedUntilMs } from '../gate/gate.js';
import { ratioAt } from '../gate/slowdown.js';
import { calendarOf } from '../maintenance/calendar.js';
import { holdMs, type RateLimit } from '../pacing/hold.js';
import { liveLimitsFault } from '../pacing/live-limits.js';
import { callsPerSecondMax, type Drain, drainOf } from '../planning/drain.js';
import { roomIn } from '../quota/quota-book.js';
import { quotasOf } from '../quota/quotas.js';
import { isResting } from '../worker/slot-pacer.js';
import type { QueueContents } from './queue-contents.js';
import type { Snapshot } from './snapshot.js';

/** One screen about one orchestrator: what `status --json` prints. Durations in milliseconds, instants in ISO 8601. */
export interface Status {
  readonly api: string;
  readonly at: string;
  readonly classes: ByPriority<ClassStatus>;
  readonly limits: {
    readonly inForce: readonly RateLimit[];
    readonly from: 'configuration' | 'control record';
    /** Slots refuse these limits and make no call. */
    readonly fault: string | null;
    readonly holdMs: number;
    /** Null where no rate limit paces the calls. */
    readonly callsPerSecondMax: number | null;
    /** Null without quotas. */
    readonly quotaCallsLeft: number | null;
  };
  /** A slot that crashed keeps its record for a while. */
  readonly slots: { readonly most: number; readonly records: number };
  readonly gate: {
    readonly state: 'open' | 'slowed' | 'closed' | 'breakerOpen';
    readonly until: string | null;
    /** Part of the full rate that slots keep to. */
    readonly ratio: number;
  };
  /** The window that has begun, or the next one; null where none is configured. */
  readonly maintenance: {
    /** No call starts: it has begun, or would before a call could end. */
    readonly holdsCalls: boolean;
    readonly from: string | null;
    readonly until: string | null;
  } | null;
  readonly paused: readonly Priority[];
  /** Messages that were given up and wait for people. */
  readonly parked: number;
  readonly lastFailures: readonly {
    readonly name: string;
    readonly endedAt: string | null;
    readonly error: string | null;
    readonly status: string | null;
  }[];
}

interface ClassStatus extends QueueContents {
  /** How long its longest waiting execution has been running; with `atMost`, no longer than this. */
  readonly oldestMs: number | null;
  readonly oldestIsAtMost: boolean;
  readonly drain: Drain;
}

export function statusOf(snapshot: Snapshot): Status {
  const { atMs, config, queues, control, slotRecords, oldest, failures } = snapshot;
  const limits = limitsOf(snapshot);
  const drain = drainOf({
    atMs,
    calendar: calendarOf(config),
    backlog: byPriority((priority) => queues[priority].waiting),
    paused: control.paused,
    callsPerSecond: limits.callsPerSecondMax ?? Infinity,
    closedForMs: Math.max(0, closedUntilMs(control) - atMs),
    quotaRoom: limits.quotaCallsLeft ?? Infinity,
  });
  return {
    api: config.name,
    at: instant(atMs) ?? '',
    classes: byPriority((priority) => ({
      ...queues[priority],
      oldestMs: oldest[priority] === undefined ? null : Math.max(0, atMs - oldest[priority].atMs),
      oldestIsAtMost: oldest[priority]?.exact === false,
      drain: drain[priority],
    })),
    limits,
    slots: { most: config.slots, records: slotRecords.filter((record) => !isResting(record)).length },
    gate: gateOf(snapshot),
    maintenance: maintenanceOf(snapshot),
    paused: control.paused,
    parked: snapshot.parked,
    lastFailures: failures.map(({ name, endedAtMs, error, status }) => ({
      name,
      endedAt: instant(endedAtMs),
      error: error ?? null,
      status: status ?? null,
    })),
  };
}

/** The limits that slots keep to now, and what they leave. */
export function limitsOf({
  atMs,
  config,
  control,
  quotaBook,
}: Pick<Snapshot, 'atMs' | 'config' | 'control' | 'quotaBook'>): Status['limits'] {
  const inForce = control.limits ?? config.limits;
  const { slots, arrivalJitterMs } = config;
  const fault = control.limits === undefined ? undefined : liveLimitsFault(config, control.limits);
  const hold = holdMs(pacedLimits(inForce), slots, arrivalJitterMs);
  const perSecond = fault === undefined ? callsPerSecondMax(slots, hold) : 0;
  const room = fault === undefined ? roomIn(quotaBook, quotasOf(inForce, arrivalJitterMs), atMs) : 0;
  return {
    inForce,
    from: control.limits === undefined ? 'configuration' : 'control record',
    fault: fault ?? null,
    holdMs: hold,
    callsPerSecondMax: finite(perSecond),
    quotaCallsLeft: finite(Math.max(0, room)),
  };
}

function gateOf({ atMs, control }: Snapshot): Status['gate'] {
  const ratio = ratioAt(control.slowdown, atMs);
  if (control.breaker !== undefined)
    return { state: 'breakerOpen', until: instant(closedUntilMs(control)), ratio };
  if (control.gateUntilMs > atMs) return { state: 'closed', until: instant(control.gateUntilMs), ratio };
  return { state: ratio < 1 ? 'slowed' : 'open', until: null, ratio };
}

function maintenanceOf({ atMs, config }: Snapshot): Status['maintenance'] {
  if (config.maintenance.length === 0) return null;
  const calendar = calendarOf(config);
  const { fromMs, toMs } = calendar.nextAt(atMs);
  const startMs = calendar.earliestStartMs(atMs);
  return { holdsCalls: startMs > atMs, from: instant(fromMs), until: instant(Math.max(toMs, startMs)) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function instant(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : new Date(epochMs).toISOString();
}
