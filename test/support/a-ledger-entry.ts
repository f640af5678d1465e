import type { LedgerEntry } from '../../lambdas/core/ledger/ledger-entry.js';
import { START_MS } from './virtual-clock.js';

/** The entry of a call that was just started. */
export function aLedgerEntry(more: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    revision: 'slot-9/1',
    task: 'fingerprint of token-of-call-1',
    payload: 'fingerprint of {"order":7}',
    doneByMs: START_MS + 10_000,
    expiresAtMs: START_MS + 30 * 86_400_000,
    state: { kind: 'started' },
    ...more,
  };
}
