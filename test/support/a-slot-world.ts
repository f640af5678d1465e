import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import type { TaskRequestBody } from '../../lambdas/core/contracts/task-request.js';
import type { Control } from '../../lambdas/core/control.js';
import type { Ports, Random } from '../../lambdas/core/ports.js';
import { serveSlot } from '../../lambdas/core/worker/serve-slot.js';
import type { SlotEnd } from '../../lambdas/core/worker/slot-event.js';
import { aTaskRequestBody } from './a-task-request.js';
import { InMemoryQueues } from './in-memory-queues.js';
import { InMemoryLedger } from './in-memory-ledger.js';
import { InMemoryControl, InMemoryQuotaBook, InMemorySlotRecords } from './in-memory-table.js';
import { Journal } from './journal.js';
import { RecordedDoorbell, RecordedTelemetry } from './recorded.js';
import { ScriptedCallback } from './scripted-callback.js';
import { ScriptedLegacyApi } from './scripted-legacy-api.js';
import { constantRandom } from './seeded-random.js';
import { START_MS, VirtualClock } from './virtual-clock.js';

/** Everything a slot touches, in memory and in virtual time. */
export interface SlotWorld {
  readonly clock: VirtualClock;
  readonly journal: Journal;
  readonly queues: InMemoryQueues;
  readonly doorbell: RecordedDoorbell;
  readonly callback: ScriptedCallback;
  readonly legacyApi: ScriptedLegacyApi;
  readonly control: InMemoryControl;
  readonly slots: InMemorySlotRecords;
  readonly ledger: InMemoryLedger;
  readonly quotaBook: InMemoryQuotaBook;
  readonly telemetry: RecordedTelemetry;
  readonly ports: Ports;
  /** Puts a call on its queue, `afterMs` from now. */
  readonly send: (
    more?: Partial<TaskRequestBody>,
    where?: { afterMs?: number; receiveCount?: number },
  ) => void;
  /** Changes the control record, `afterMs` from now. */
  readonly decree: (more: Partial<Control>, afterMs?: number) => void;
  /** Serves with one slot until it ends. */
  readonly serve: (config: OrchestratorConfig, slotId?: string) => Promise<SlotEnd>;
}

/** A world without work, in which every class but the most urgent leads no turn unless `random` says so. */
export function aSlotWorld(random: Random = constantRandom(0.99)): SlotWorld {
  const clock = new VirtualClock();
  const journal = new Journal(clock);
  const queues = new InMemoryQueues(clock, journal);
  const doorbell = new RecordedDoorbell(clock, journal);
  const callback = new ScriptedCallback(clock, journal);
  const legacyApi = new ScriptedLegacyApi(clock, journal);
  const control = new InMemoryControl(journal);
  const slots = new InMemorySlotRecords(journal);
  const quotaBook = new InMemoryQuotaBook(journal);
  const ledger = new InMemoryLedger(journal);
  const telemetry = new RecordedTelemetry();
  const inMemory = {
    clock,
    random,
    queues,
    doorbell,
    callback,
    legacyApi,
    control,
    slots,
    ledger,
    quotaBook,
    telemetry,
  };
  const ports: Ports & typeof inMemory = {
    ...inMemory,
    results: undefined,
    fingerprint: (text: string) => `fingerprint of ${text}`,
  };
  return {
    ...ports,
    journal,
    ports,
    send: (more = {}, { afterMs = 0, receiveCount = 0 } = {}) => {
      const body = aTaskRequestBody(more);
      const put = () => queues.send(body.priority, JSON.stringify(body), receiveCount);
      if (afterMs === 0) put();
      else clock.at(clock.nowMs() + afterMs, put);
    },
    decree: (more, afterMs = 0) => {
      const change = () => {
        const { gateVersion } = control.current;
        control.current = { ...control.current, gateVersion: gateVersion + 1, ...more };
      };
      if (afterMs === 0) change();
      else clock.at(clock.nowMs() + afterMs, change);
    },
    serve: (config, slotId = 'slot-1') =>
      clock.run(serveSlot(ports, config, anInvocation(config, clock, slotId))),
  };
}

/** An invocation that begins now and has all the time that the configuration gives it. */
export function anInvocation(config: OrchestratorConfig, clock: VirtualClock, slotId = 'slot-1') {
  return { slotId, deadlineMs: clock.nowMs() + timingsOf(config).functionTimeoutSeconds * 1_000 };
}

/** An instant of virtual time, from its distance to the start. */
export function instant(afterStartMs: number): number {
  return START_MS + afterStartMs;
}
