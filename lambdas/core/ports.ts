import type { Control } from './control.js';
import type { Lane } from './contracts/lane.js';
import type { Priority } from './contracts/priority.js';
import type { TaskFailure } from './contracts/task-errors.js';
import type { Gate } from './gate/gate.js';
import type { LedgerChange, LedgerEntry, LedgerKey } from './ledger/ledger-entry.js';
import type { LegacyAnswer, LegacyRequest } from './outcomes/exchange.js';
import type { Pace } from './pacing/pace.js';
import type { QuotaBook } from './quota/quota-book.js';
import type { SlotEvent } from './worker/slot-event.js';

/** Everything that the slot loop touches in the world. Lambda, the local run and the simulator each supply these. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly queues: TaskQueues;
  readonly doorbell: Doorbell;
  readonly callback: TaskCallback;
  readonly legacyApi: LegacyApi;
  readonly control: ControlRecord;
  readonly slots: SlotRecords;
  readonly ledger: Ledger;
  /** Stands for a text without telling it: the same for the same text, and for no other. */
  readonly fingerprint: (text: string) => string;
  readonly quotaBook: QuotaBookRecord;
  /** Undefined where the configuration has none. */
  readonly results: ResultStore | undefined;
  readonly telemetry: Telemetry;
}

/** Never goes back and never jumps during an invocation. Integer epoch milliseconds. */
export interface Clock {
  nowMs(): number;
  /** Resolves at `instantMs` or shortly after, never before; at once when it has passed. */
  sleepUntil(instantMs: number): Promise<void>;
}

export interface Random {
  /** Uniform in [0, 1). */
  ratio(): number;
}

export interface Message {
  readonly priority: Priority;
  /** The queue that it came from. */
  readonly lane: Lane;
  readonly body: string;
  /** Proves this receive to the queue; a later receive of the same message makes it void. */
  readonly receiptHandle: string;
  /** From 1. Counts receives, not calls. */
  readonly receiveCount: number;
}

/** The priority queues and their overflows. Each method throws when the queue cannot be reached. */
export interface TaskQueues {
  /** One message, or none; waits up to `waitSeconds` for one to arrive (0: looks once, and may miss). */
  receive(lane: Lane, waitSeconds: number): Promise<Message | undefined>;
  /** As many messages as one request brings, or none; looks once, and may miss. */
  receiveSome(lane: Lane): Promise<readonly Message[]>;
  delete(message: Message): Promise<void>;
  /** Gives the message back: it can be received again after `delayMs`, by anyone. */
  defer(message: Message, delayMs: number): Promise<void>;
  /** Keeps a copy of a message that can never be served, with the reason, for people to look at. */
  park(message: Message, reason: string): Promise<void>;
}

export interface Doorbell {
  /** At least one slot looks at the queues, now or `delayMs` from now (15 minutes at most). Throws when it cannot. */
  ring(delayMs?: number): Promise<void>;
}

export type ResumeOutcome =
  | { readonly kind: 'resumed' }
  /**
   * The task had timed out, or its execution is over: nobody waits. `perhapsByUs`: or an earlier attempt had been taken
   * whose answer was lost.
   */
  | { readonly kind: 'taskClosed'; readonly perhapsByUs?: true }
  /** Step Functions takes no such result, now or later. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Step Functions could not take it now. Only the callback may be repeated. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface TaskCallback {
  succeed(taskToken: string, outputJson: string): Promise<ResumeOutcome>;
  fail(taskToken: string, failure: TaskFailure): Promise<ResumeOutcome>;
  /** Whether a task still waits for this token; `denied` to whoever may not ask. Costs no state transition. */
  probe(taskToken: string): Promise<'waiting' | 'closed' | 'denied' | 'unknown'>;
}

export interface LegacyApi {
  /**
   * Everything about a call that can be done before its turn comes: the request is written, credentials are fetched.
   * Costs none of the legacy API's limit, never throws, and ends within the time that `timingsOf` allows for it.
   */
  prepare(request: LegacyRequest): Promise<PreparedCall>;
}

export type PreparedCall =
  | {
      readonly kind: 'ready';
      /** Makes the call, once, and says what happened on the wire. Never throws, never repeats, never decides. */
      readonly call: () => Promise<LegacyAnswer>;
    }
  /** The call cannot be made now, such as without credentials. Nothing was sent. */
  | { readonly kind: 'notReady'; readonly reason: string }
  /** No request can be made of this payload, now or later. Nothing was sent. */
  | { readonly kind: 'invalid'; readonly faults: readonly string[] };

export interface ControlRecord {
  read(): Promise<Control>;
  /** Writes the gate where it still stands one version below this; false where another slot has changed it. */
  changeGate(next: Gate): Promise<boolean>;
}

/** What a slot shows the others, so that its crash is seen and its hold respected. */
export interface SlotRecord {
  readonly slotId: string;
  readonly pace: Pace;
  /** After this instant the slot can no longer weigh on the legacy API. Epoch milliseconds. */
  readonly expiresAtMs: number;
}

export interface SlotRecords {
  /** Writes the record, then returns all others that have not expired by `nowMs`. Both are strongly consistent. */
  open(record: SlotRecord, nowMs: number): Promise<readonly SlotRecord[]>;
  close(slotId: string): Promise<void>;
}

/** The calls of `once` operations. Both methods are strongly consistent, and throw when the table cannot be reached. */
export interface Ledger {
  read(key: LedgerKey): Promise<LedgerEntry | undefined>;
  /** @returns whether the change took place: not where the entry has another revision than the expected one. */
  change(change: LedgerChange): Promise<boolean>;
}

/** The quota book, shared by all slots. */
export interface QuotaBookRecord {
  /** Strongly consistent. Empty, with version 0, until somebody writes it. */
  read(): Promise<{ readonly book: QuotaBook; readonly version: number }>;
  /** Whether the book was still at this version, and is replaced. False may also be the answer to a repeated request. */
  replace(book: QuotaBook, version: number): Promise<boolean>;
}

/** Holds results that no task can carry. */
export interface ResultStore {
  /** Stores a JSON text under this key, over what was there. Throws when it cannot. @returns where, and its UTF-8 bytes */
  put(key: string, json: string): Promise<{ readonly bucket: string; readonly bytes: number }>;
}

export interface Telemetry {
  record(event: SlotEvent): void;
  /** Sends what was recorded so far. Never throws: a lost figure never costs a call. */
  flush(): void;
}
