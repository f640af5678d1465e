import type { LedgerChange, LedgerEntry, LedgerKey } from '../../lambdas/core/ledger/ledger-entry.js';
import type { Ledger } from '../../lambdas/core/ports.js';
import { crossing } from './crossing.js';
import type { Journal } from './journal.js';

/** The ledger, without a table. */
export class InMemoryLedger implements Ledger {
  broken = false;
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  entry(key: LedgerKey): LedgerEntry | undefined {
    return this.#entries.get(nameOf(key));
  }

  put(key: LedgerKey, entry: LedgerEntry): void {
    this.#entries.set(nameOf(key), entry);
  }

  async read(key: LedgerKey): Promise<LedgerEntry | undefined> {
    this.#journal.write(`read ledger ${key.idempotencyKey}`);
    await crossing(this.broken, 'the table cannot be reached: read ledger');
    return this.entry(key);
  }

  async change({ key, expected, entry }: LedgerChange): Promise<boolean> {
    const what = entry === undefined ? 'forgotten' : entry.state.kind;
    await crossing(this.broken, 'the table cannot be reached: change ledger');
    const done = this.entry(key)?.revision === expected;
    this.#journal.write(`ledger ${key.idempotencyKey}: ${done ? what : `not ${what}`}`);
    if (!done) return false;
    if (entry === undefined) this.#entries.delete(nameOf(key));
    else this.put(key, entry);
    return true;
  }
}

function nameOf({ operation, idempotencyKey }: LedgerKey): string {
  return `${operation} ${idempotencyKey}`;
}
