import type { TaskFailure } from '../contracts/task-errors.js';

/** Names a call of a `once` operation across redeliveries, retries, redrives and executions. */
export interface LedgerKey {
  readonly operation: string;
  readonly idempotencyKey: string;
}

/** What is known of such a call. */
export type LedgerState =
  /** Somebody may be calling, until `doneByMs`; after it nobody is, and nobody knows what came of it. */
  | { readonly kind: 'started' }
  /** It may have been executed. */
  | { readonly kind: 'unknown'; readonly cause: string }
  | { readonly kind: 'succeeded'; readonly outputJson: string }
  /** Refused by the legacy API as it is: not executed. */
  | { readonly kind: 'rejected'; readonly failure: TaskFailure }
  /** Executed, but the result was more, or other, than a task may return. */
  | { readonly kind: 'responseTooLarge'; readonly failure: TaskFailure };

/** The ledger's record of one `once` call. A call that is proven not to have been executed has none. */
export interface LedgerEntry {
  /** Another one after every write: who replaces an entry names the revision that he has read. */
  readonly revision: string;
  /** Fingerprint of the task that made the call: all deliveries of one message are the same task. */
  readonly task: string;
  /** Fingerprint of the payload. */
  readonly payload: string;
  /** After this instant the legacy API no longer works on the call. Epoch milliseconds. */
  readonly doneByMs: number;
  /** When the entry may be forgotten. Epoch milliseconds. */
  readonly expiresAtMs: number;
  readonly state: LedgerState;
}

/** One change of the ledger. It takes place only where the entry still has the revision `expected` (undefined: none). */
export interface LedgerChange {
  readonly key: LedgerKey;
  readonly expected: string | undefined;
  /** Undefined to take the entry away. */
  readonly entry: LedgerEntry | undefined;
}
