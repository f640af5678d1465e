import { type Control, OPEN_CONTROL } from '../../lambdas/core/control.js';
import type { Gate } from '../../lambdas/core/gate/gate.js';
import type { ControlRecord, QuotaBookRecord, SlotRecord, SlotRecords } from '../../lambdas/core/ports.js';
import type { QuotaBook } from '../../lambdas/core/quota/quota-book.js';
import { crossing } from './crossing.js';
import type { Journal } from './journal.js';

/** The control record, without a table. Tests change `current` while slots run. */
export class InMemoryControl implements ControlRecord {
  current: Control = OPEN_CONTROL;
  broken = false;
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async read(): Promise<Control> {
    this.#journal.write('read control');
    await crossing(this.broken, 'the table cannot be reached: read control');
    return this.current;
  }

  async changeGate(next: Gate): Promise<boolean> {
    this.#journal.write('change the gate');
    await crossing(this.broken, 'the table cannot be reached: change the gate');
    if (this.current.gateVersion !== next.gateVersion - 1) return false;
    this.current = { ...this.current, ...next };
    return true;
  }
}

/** Slot records, without a table. */
export class InMemorySlotRecords implements SlotRecords {
  readonly records = new Map<string, SlotRecord>();
  broken = false;
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async open(record: SlotRecord, nowMs: number): Promise<readonly SlotRecord[]> {
    this.#journal.write(`open slot ${record.slotId}`);
    await crossing(this.broken, 'the table cannot be reached: open slot');
    this.records.set(record.slotId, record);
    return [...this.records.values()].filter(
      ({ slotId, expiresAtMs }) => slotId !== record.slotId && expiresAtMs > nowMs,
    );
  }

  async close(slotId: string): Promise<void> {
    await crossing(this.broken, 'the table cannot be reached: close slot');
    this.#journal.write(`close slot ${slotId}`);
    this.records.delete(slotId);
  }
}

/** The quota book, without a table. */
export class InMemoryQuotaBook implements QuotaBookRecord {
  current: { readonly book: QuotaBook; readonly version: number } = { book: [], version: 0 };
  broken = false;
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async read(): Promise<{ readonly book: QuotaBook; readonly version: number }> {
    this.#journal.write('read quotas');
    await crossing(this.broken, 'the table cannot be reached: read quotas');
    return this.current;
  }

  async replace(book: QuotaBook, version: number): Promise<boolean> {
    await crossing(this.broken, 'the table cannot be reached: write quotas');
    const written = this.current.version === version;
    this.#journal.write(written ? 'write quotas' : 'quotas changed meanwhile');
    if (written) this.current = { book, version: version + 1 };
    return written;
  }
}
