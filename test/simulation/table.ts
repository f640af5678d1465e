import type { LedgerChange, LedgerEntry, LedgerKey } from '../../lambdas/core/ledger/ledger-entry.js';
import { type Control, OPEN_CONTROL } from '../../lambdas/core/control.js';
import type { Gate } from '../../lambdas/core/gate/gate.js';
import type { SlotRecord } from '../../lambdas/core/ports.js';
import type { QuotaBook } from '../../lambdas/core/quota/quota-book.js';
import { GateHistory } from './gate-history.js';

/** The items in the table: the control record, the slot records, the ledger and the quota book. Every access is strongly consistent. */
export class ModelTable {
  control: Control = OPEN_CONTROL;
  readonly slots = new Map<string, SlotRecord>();
  readonly history = new GateHistory();
  quotaBook: { readonly book: QuotaBook; readonly version: number } = { book: [], version: 0 };
  readonly #ledger = new Map<string, LedgerEntry>();

  changeGate(next: Gate, by: { readonly slotId: string; readonly nowMs: number }): boolean {
    if (next.gateVersion !== this.control.gateVersion + 1) return false;
    this.history.changed(this.control, next, by);
    this.control = { ...this.control, ...next };
    return true;
  }

  replaceQuotaBook(book: QuotaBook, version: number): boolean {
    if (this.quotaBook.version !== version) return false;
    this.quotaBook = { book, version: version + 1 };
    return true;
  }

  ledgerEntry(key: LedgerKey): LedgerEntry | undefined {
    return this.#ledger.get(nameOf(key));
  }

  changeLedger({ key, expected, entry }: LedgerChange): boolean {
    if (this.ledgerEntry(key)?.revision !== expected) return false;
    if (entry === undefined) this.#ledger.delete(nameOf(key));
    else this.#ledger.set(nameOf(key), entry);
    return true;
  }

  others(slotId: string, nowMs: number): SlotRecord[] {
    const others: SlotRecord[] = [];
    for (const record of this.slots.values()) {
      if (record.expiresAtMs <= nowMs) this.slots.delete(record.slotId);
      else if (record.slotId !== slotId) others.push(record);
    }
    return others;
  }
}

function nameOf({ operation, idempotencyKey }: LedgerKey): string {
  return `${operation} ${idempotencyKey}`;
}
