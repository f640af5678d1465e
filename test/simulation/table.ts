import type { LedgerChange, LedgerEntry, LedgerKey } from '../../lambdas/core/ledger/ledger-entry.js';
import { type Control, OPEN_CONTROL } from '../../lambdas/core/control.js';
import type { SlotRecord } from '../../lambdas/core/ports.js';

interface GateChange {
  readonly atMs: number;
  readonly untilMs: number;
}

/** The items in the table: the control record, the slot records and the ledger. Every access is strongly consistent. */
export class ModelTable {
  control: Control = OPEN_CONTROL;
  readonly slots = new Map<string, SlotRecord>();
  readonly #ledger = new Map<string, LedgerEntry>();
  #gates: GateChange[] = [];

  closeGate(nowMs: number, untilMs: number): void {
    if (untilMs <= this.control.gateUntilMs) return;
    this.control = { ...this.control, gateUntilMs: untilMs };
    this.#gates = [...this.#gates.filter((gate) => gate.untilMs > nowMs), { atMs: nowMs, untilMs }];
  }

  /** Until when the gate had been closed at `beforeMs`, as far as that reaches beyond `nowMs`. */
  gateClosedBefore(beforeMs: number, nowMs: number): number | undefined {
    return this.#gates.find((gate) => gate.atMs < beforeMs && gate.untilMs > nowMs)?.untilMs;
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
