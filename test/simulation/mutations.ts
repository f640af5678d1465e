import { byPriority, type Priority } from '../../lambdas/core/contracts/priority.js';
import type { LedgerEntry } from '../../lambdas/core/ledger/ledger-entry.js';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import type { Control } from '../../lambdas/core/control.js';
import type { Ports, SlotRecord } from '../../lambdas/core/ports.js';
import type { QuotaBook } from '../../lambdas/core/quota/quota-book.js';
import type { Fault } from './faults.js';
import type { Sabotage, Scenario } from './scenario.js';
import { START_MS } from './scheduler.js';
import type { WorkloadName } from './workloads.js';

/** One thing taken away from the product, and the world in which that must show. */
export interface Mutation {
  readonly name: string;
  readonly sabotage: Sabotage;
  readonly workload: WorkloadName;
  readonly faults: readonly Fault[];
  readonly slots: number;
  /** The legacy API asks for fewer calls there, so that unused slots prove nothing. */
  readonly slowsDown?: boolean;
  /** Where the default limit or latency would not show it. */
  readonly limits?: Scenario['limits'];
  readonly latency?: Scenario['latency'];
}

const QUOTA_MS = 330_000;
const QUOTA_LIMITS: Scenario['limits'] = [
  { calls: 20, windowMs: 2_000 },
  { calls: 300, windowMs: QUOTA_MS },
];

/** What the product adds to the latest use of a permit, beside the length of the call: the longest lease and send. */
const PERMIT_LASTS_MS = 28_000;

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the hold removed',
    sabotage: { config: (config) => ({ ...config, limits: [] }) },
    workload: 'batch-only',
    faults: [],
    slots: 5,
  },
  {
    name: 'C * W / N in place of W / floor(N / C)',
    sabotage: { config: evenlySpaced },
    workload: 'batch-only',
    faults: [],
    slots: 5,
    limits: [{ calls: 18, windowMs: 2_000 }],
  },
  {
    name: 'slot records ignored',
    sabotage: { ports: (ports) => withOthers(ports, () => []) },
    workload: 'batch-only',
    faults: ['crash'],
    slots: 5,
    limits: [{ calls: 5, windowMs: 3_000 }],
  },
  {
    name: 'the pace of older slots forgotten',
    sabotage: {
      ports: (ports) =>
        withOthers(ports, (others, own) => others.map((other) => ({ ...other, pace: own.pace }))),
    },
    workload: 'batch-only',
    faults: ['redeploy', 'limit-change'],
    slots: 5,
  },
  {
    name: 'quotas counted in fixed windows in place of sliding ones',
    sabotage: { ports: (ports) => withBook(ports, (book) => startedInThisWindow(book, ports.clock.nowMs())) },
    workload: 'batch-only',
    faults: [],
    slots: 5,
    limits: QUOTA_LIMITS,
  },
  {
    name: 'permits that count from their reservation, whenever they are used',
    sabotage: { ports: (ports) => withBook(ports, countedAtOnce) },
    workload: 'batch-only',
    faults: [],
    slots: 5,
    limits: QUOTA_LIMITS,
  },
  {
    name: 'a quota book that anybody may overwrite',
    sabotage: { ports: unconditional },
    workload: 'batch-only',
    faults: [],
    slots: 5,
    limits: QUOTA_LIMITS,
  },
  {
    name: 'slots that never ring again',
    sabotage: { ports: (ports) => ({ ...ports, doorbell: { ring: () => Promise.resolve() } }) },
    workload: 'batch-only',
    faults: [],
    slots: 5,
  },
  {
    name: 'no sweeper',
    sabotage: { withoutSweeper: true },
    workload: 'idle-high',
    faults: ['lost-event'],
    slots: 5,
  },
  {
    name: 'a ledger that remembers nothing',
    sabotage: {
      ports: (ports) => ({
        ...ports,
        ledger: { read: () => Promise.resolve(undefined), change: () => Promise.resolve(true) },
      }),
    },
    workload: 'batch-only',
    faults: ['crash', 'duplicate'],
    slots: 5,
  },
  {
    name: 'lookups that do not wait until the call has ended',
    sabotage: { ports: impatient },
    workload: 'outage',
    faults: [],
    slots: 5,
    latency: { medianMs: 6_000, p99Ms: 9_900 },
    slowsDown: true,
  },
  {
    name: 'no dead-letter function',
    sabotage: { withoutDeadLetterFunction: true },
    workload: 'batch-only',
    faults: ['crash', 'dead-letter'],
    slots: 5,
  },
  {
    name: 'a gate that each slot keeps to itself',
    sabotage: { ports: (ports) => withGate(ports, (gate) => ({ ...gate, gateUntilMs: 0 })) },
    workload: 'nightly-batch',
    faults: ['429'],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'the full rate at once when the gate opens',
    sabotage: { ports: (ports) => withGate(ports, (gate) => ({ ...gate, slowdown: undefined })) },
    workload: 'nightly-batch',
    faults: ['429'],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'the breaker ignored',
    sabotage: { ports: (ports) => withGate(ports, (gate) => ({ ...gate, breaker: undefined })) },
    workload: 'outage',
    faults: [],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'a probe that every slot believes to have claimed',
    sabotage: { ports: withoutCompareAndSet },
    workload: 'outage',
    faults: [],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'messages that do not say whose they are',
    sabotage: { withoutMessageGroups: true },
    workload: 'tenant-flood',
    faults: [],
    slots: 5,
  },
  {
    name: 'maintenance windows ignored',
    sabotage: { config: (config) => ({ ...config, maintenance: [] }) },
    workload: 'maintenance',
    faults: [],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'the order of the priorities reversed',
    sabotage: { ports: reversed },
    workload: 'nightly-batch',
    faults: [],
    slots: 5,
  },
];

/** A hold of C * W / N: as one call per slot in that time, which is what it amounts to. */
function evenlySpaced(config: OrchestratorConfig): OrchestratorConfig {
  const { slots, arrivalJitterMs } = config;
  const limits = config.limits.map(({ calls, windowMs }) => ({
    calls: slots,
    windowMs: Math.ceil((slots * (windowMs + arrivalJitterMs)) / calls) - arrivalJitterMs,
  }));
  return { ...config, limits };
}

function withOthers(
  ports: Ports,
  seen: (others: readonly SlotRecord[], own: SlotRecord) => readonly SlotRecord[],
): Ports {
  const { slots } = ports;
  return {
    ...ports,
    slots: {
      open: async (record, nowMs) => seen(await slots.open(record, nowMs), record),
      close: (slotId) => slots.close(slotId),
    },
  };
}

function impatient(ports: Ports): Ports {
  const { ledger } = ports;
  const isOver = (entry: LedgerEntry | undefined) => entry && { ...entry, doneByMs: 0 };
  return {
    ...ports,
    ledger: {
      read: async (key) => isOver(await ledger.read(key)),
      change: (change) => ledger.change(change),
    },
  };
}

/** What slots read of the gate is changed; what they write is not. */
function withGate(ports: Ports, seen: (control: Control) => Control): Ports {
  const { control } = ports;
  return {
    ...ports,
    control: {
      read: async () => seen(await control.read()),
      changeGate: (next) => control.changeGate(next),
    },
  };
}

function withoutCompareAndSet(ports: Ports): Ports {
  const { control } = ports;
  return {
    ...ports,
    control: {
      read: () => control.read(),
      changeGate: async (next) => {
        await control.changeGate(next);
        return true;
      },
    },
  };
}

/** Counts nothing of the window before, of which the first ends while the slots are busy. */
function startedInThisWindow(book: QuotaBook, nowMs: number): QuotaBook {
  const edgeMs = START_MS + 20_000;
  const fromMs = edgeMs + Math.floor((nowMs - edgeMs) / QUOTA_MS) * QUOTA_MS;
  return book.filter(({ untilMs }) => untilMs - PERMIT_LASTS_MS >= fromMs);
}

function countedAtOnce(book: QuotaBook): QuotaBook {
  return book.map((permits) => ({ ...permits, untilMs: permits.untilMs - PERMIT_LASTS_MS }));
}

function withBook(ports: Ports, seen: (book: QuotaBook) => QuotaBook): Ports {
  const { quotaBook } = ports;
  return {
    ...ports,
    quotaBook: {
      read: async () => {
        const { book, version } = await quotaBook.read();
        return { book: seen(book), version };
      },
      replace: (book, version) => quotaBook.replace(book, version),
    },
  };
}

function unconditional(ports: Ports): Ports {
  const { quotaBook } = ports;
  return {
    ...ports,
    quotaBook: {
      read: () => quotaBook.read(),
      replace: async (book) => quotaBook.replace(book, (await quotaBook.read()).version),
    },
  };
}

const OPPOSITE = { ...byPriority<Priority>((priority) => priority), HIGH: 'BATCH', BATCH: 'HIGH' } as const;

function reversed(ports: Ports): Ports {
  const { queues } = ports;
  return {
    ...ports,
    queues: {
      receive: (priority, waitSeconds) => queues.receive(OPPOSITE[priority], waitSeconds),
      receiveSome: (priority) => queues.receiveSome(OPPOSITE[priority]),
      delete: (message) => queues.delete(message),
      defer: (message, delayMs) => queues.defer(message, delayMs),
      park: (message, reason) => queues.park(message, reason),
    },
  };
}
