import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { type Lane, overflowOf, priorityOf } from '../../lambdas/core/contracts/lane.js';
import { byPriority, type Priority } from '../../lambdas/core/contracts/priority.js';
import type { Control } from '../../lambdas/core/control.js';
import type { LedgerEntry } from '../../lambdas/core/ledger/ledger-entry.js';
import type { Ports, SlotRecord } from '../../lambdas/core/ports.js';
import type { QuotaBook } from '../../lambdas/core/quota/quota-book.js';
import { START_MS } from './scheduler.js';

/** The window of the quota that some mutations misjudge, in milliseconds. */
export const QUOTA_MS = 330_000;

/** What the product adds to the latest use of a permit, beside the length of the call: the longest lease and send. */
const PERMIT_LASTS_MS = 28_000;

/** A hold of C * W / N: as one call per slot in that time, which is what it amounts to. */
export function evenlySpaced(config: OrchestratorConfig): OrchestratorConfig {
  const { slots, arrivalJitterMs } = config;
  const limits = config.limits.map(({ calls, windowMs }) => ({
    calls: slots,
    windowMs: Math.ceil((slots * (windowMs + arrivalJitterMs)) / calls) - arrivalJitterMs,
  }));
  return { ...config, limits };
}

export function withOthers(
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

export function impatient(ports: Ports): Ports {
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
export function withGate(ports: Ports, seen: (control: Control) => Control): Ports {
  const { control } = ports;
  return {
    ...ports,
    control: {
      read: async () => seen(await control.read()),
      changeGate: (next) => control.changeGate(next),
    },
  };
}

export function withoutCompareAndSet(ports: Ports): Ports {
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
export function startedInThisWindow(book: QuotaBook, nowMs: number): QuotaBook {
  const edgeMs = START_MS + 20_000;
  const fromMs = edgeMs + Math.floor((nowMs - edgeMs) / QUOTA_MS) * QUOTA_MS;
  return book.filter(({ untilMs }) => untilMs - PERMIT_LASTS_MS >= fromMs);
}

export function countedAtOnce(book: QuotaBook): QuotaBook {
  return book.map((permits) => ({ ...permits, untilMs: permits.untilMs - PERMIT_LASTS_MS }));
}

export function withBook(ports: Ports, seen: (book: QuotaBook) => QuotaBook): Ports {
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

export function unconditional(ports: Ports): Ports {
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

export function reversed(ports: Ports): Ports {
  const { queues } = ports;
  return withQueues(ports, {
    receive: (lane, waitSeconds) => queues.receive(OPPOSITE[priorityOf(lane)], waitSeconds),
    receiveSome: (lane) => queues.receiveSome(OPPOSITE[priorityOf(lane)]),
  });
}

export function jumbled(ports: Ports): Ports {
  const { queues } = ports;
  return withQueues(ports, {
    receiveSome: async (lane) => [...(await queues.receiveSome(lane))].reverse(),
  });
}

export function comingBackAtOnce(ports: Ports): Ports {
  const { queues } = ports;
  return withQueues(ports, { defer: (message) => queues.defer(message, 0) });
}

function withQueues(ports: Ports, changed: Partial<Ports['queues']>): Ports {
  const { queues } = ports;
  return {
    ...ports,
    queues: {
      receive: (lane, waitSeconds) => queues.receive(lane, waitSeconds),
      receiveSome: (lane) => queues.receiveSome(lane),
      delete: (message) => queues.delete(message),
      defer: (message, delayMs) => queues.defer(message, delayMs),
      park: (message, reason) => queues.park(message, reason),
      ...changed,
    },
  };
}

/** Each class's two queues change places. */
export function overflowsFirst(ports: Ports): Ports {
  const { queues } = ports;
  const other = (lane: Lane) => (lane === priorityOf(lane) ? overflowOf(priorityOf(lane)) : priorityOf(lane));
  return withQueues(ports, {
    receive: (lane, waitSeconds) => queues.receive(other(lane), waitSeconds),
    receiveSome: (lane) => queues.receiveSome(other(lane)),
  });
}

export function withoutOverflowShares(config: OrchestratorConfig): OrchestratorConfig {
  const { NORMAL } = config.priorities;
  const { tenantAllowance } = NORMAL;
  if (tenantAllowance === undefined) return config;
  const never = { ...NORMAL, tenantAllowance: { ...tenantAllowance, overflowShareRatio: 0 } };
  return { ...config, priorities: { ...config.priorities, NORMAL: never } };
}
