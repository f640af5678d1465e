import type { ByPriority, Priority } from '../../lambdas/core/contracts/priority.js';
import type { RateLimit } from '../../lambdas/core/pacing/hold.js';
import type { Status } from '../../lambdas/core/status/status.js';
import type { Reason } from '../../lambdas/core/status/why-waiting.js';

/** What the page is told when it connects, and again whenever the run changes it. */
export interface PageHello {
  readonly api: string;
  readonly endpoint: string;
  readonly stateMachineArn: string;
  /** How old a waiting task of the class may become, in milliseconds. */
  readonly ageObjectiveMs: ByPriority<number>;
  /** What the API itself permits; its shortest window, in which calls are counted. Null without a rate limit. */
  readonly permitted: RateLimit | null;
  /** Whether the API can be told to be slow or to refuse: only our own can. */
  readonly canDisturbApi: boolean;
  readonly samples: readonly Sample[];
}

/** What the page is told twice a second. Figures of this moment, or since the run began where they count. */
export interface PageState {
  readonly status: Status;
  /** Who waits, and why. */
  readonly sentence: string;
  readonly reasons: ByPriority<Reason>;
  /** What follows "waits"; null where nothing of the class does. */
  readonly reasonTexts: ByPriority<string | null>;
  readonly executions: ExecutionCounts;
  readonly calls: CallFigures;
  readonly outcomes: ByPriority<Readonly<Record<string, number>>>;
  readonly slots: readonly SlotView[];
  readonly rows: readonly ExecutionRow[];
  readonly notes: readonly Note[];
  readonly latency: { readonly medianMs: number; readonly p99Ms: number; readonly slow: boolean };
  /** Until when the API answers 429 to everything; null while it does not. */
  readonly refusesUntil: string | null;
  /** Taken since the last state; null where none was. */
  readonly sample: Sample | null;
}

/** One second of the charts. */
export interface Sample {
  readonly atMs: number;
  readonly waiting: ByPriority<number>;
  /** Null where nothing of the class waits or is in flight. */
  readonly ageMs: ByPriority<number | null>;
  /** Most calls in any window that ended in this second. */
  readonly callsInWindow: number;
  /** Calls in flight, as the slots tell it. */
  readonly inFlight: number;
}

export interface ExecutionCounts {
  readonly started: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
}

export interface CallFigures {
  /** In the window that ends now. */
  readonly inWindow: number;
  /** Most in any window so far, with refused calls. Null without a rate limit. */
  readonly fullestWindow: number | null;
  readonly inFlight: number;
  readonly inFlightMost: number;
  readonly total: number;
  readonly refused: number;
}

export type SlotActivity =
  /** Invoked, not yet heard of. */
  | { readonly kind: 'starts' }
  /** It may not call before then, because another slot may have died with a call in flight. */
  | { readonly kind: 'waitsOutCrash'; readonly until: string }
  | {
      readonly kind: 'calls';
      readonly priority: Priority;
      readonly execution: string;
      readonly sinceMs: number;
    }
  /** Between two calls, as the limit asks for. */
  | { readonly kind: 'holds' }
  | { readonly kind: 'waitsForGate' }
  /** May call, and has nothing to call for. */
  | { readonly kind: 'looks' }
  /** Its invocation has died; its record keeps its place until then. */
  | { readonly kind: 'died'; readonly keptUntil: string }
  /** Nobody serves in this place. */
  | { readonly kind: 'free' };

export interface SlotView {
  /** From 1; null for a slot that has died. */
  readonly place: number | null;
  readonly slotId: string | null;
  readonly activity: SlotActivity;
  readonly calls: number;
  /** What came of its last call. */
  readonly last: { readonly priority: Priority; readonly outcome: string; readonly tookMs: number } | null;
}

export interface ExecutionRow {
  readonly name: string;
  readonly priority: Priority;
  readonly operation: string;
  readonly phase: 'waiting' | 'calling' | 'betweenCalls' | 'succeeded' | 'failed' | 'timedOut' | 'stopped';
  readonly startedAt: string;
  /** From its start to its first call, or until now or its end where there was none. */
  readonly waitedMs: number;
  readonly called: boolean;
  readonly calls: number;
  /** How long its last call took; null where none has ended. */
  readonly tookMs: number | null;
  readonly error: string | null;
}

/** Something that a person did on this page, or that the run went through. */
export interface Note {
  readonly id: number;
  readonly at: string;
  readonly kind: 'action' | 'good' | 'bad';
  readonly text: string;
}

/** One execution, as its history tells it. Never its payload, result or task token. */
export interface ExecutionDetails {
  readonly row: ExecutionRow;
  readonly executionArn: string;
  readonly cause: string | null;
  readonly attempts: readonly {
    readonly startedAt: string;
    readonly outcome: string | null;
    readonly reason: string | null;
    readonly tookMs: number | null;
  }[];
  readonly events: readonly {
    readonly id: number;
    readonly at: string;
    readonly type: string;
    readonly state: string | null;
    readonly error: string | null;
  }[];
}
