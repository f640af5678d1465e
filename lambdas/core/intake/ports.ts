import type { CallStatus } from '../contracts/intake-api.js';
import type { ByPriority, Priority } from '../contracts/priority.js';
import type { Control } from '../control.js';
import type { Ledger } from '../ports.js';
import type { QuotaBook } from '../quota/quota-book.js';
import type { QueueContents } from '../status/queue-contents.js';

/** Everything that the intake touches in the world. */
export interface IntakePorts {
  readonly nowMs: () => number;
  readonly calls: Calls;
  readonly standing: StandingView;
  readonly ledger: Pick<Ledger, 'read'>;
  /** Sends a message to the HIGH queue. */
  readonly sendHigh: (body: string, tenant: string | undefined) => Promise<void>;
  readonly ring: () => Promise<void>;
  /** Stands for a text without telling it: at least 32 letters and digits. */
  readonly fingerprint: (text: string) => string;
  /** A name that no execution has. */
  readonly newName: () => string;
  readonly count: IntakeCount;
}

export interface IntakeCount {
  /** A call whose execution was started, or runs already: Step Functions does not tell which. */
  taken(priority: Priority): void;
  /** A call that could have been made, had less waited before it. */
  turnedAway(priority: Priority): void;
}

/** An execution of the orchestrator's own state machine. */
export interface FoundCall {
  readonly id: string;
  readonly arn: string;
  readonly status: CallStatus;
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
  readonly inputJson: string;
  readonly outputJson: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

export type ListedCall = Pick<FoundCall, 'id' | 'status' | 'startedAtMs' | 'endedAtMs'>;

export interface PageOfCalls {
  readonly calls: readonly ListedCall[];
  readonly cursor: string | undefined;
}

/** Each method throws `UnavailableError` where Step Functions throttles or cannot be reached. */
export interface Calls {
  /**
   * Starts an execution of this name; one that runs with the same input already is as good as started. `existed`: there
   * has been one of this name in the last 90 days, and none was started.
   */
  start(name: string, inputJson: string): Promise<'started' | 'existed'>;
  find(name: string): Promise<FoundCall | undefined>;
  /** The newest first. */
  list(request: {
    readonly status: CallStatus | undefined;
    readonly cursor: string | undefined;
    readonly most: number;
  }): Promise<PageOfCalls | 'badCursor'>;
  stop(arn: string, cause: string): Promise<void>;
  /** Type of the last event of its history. */
  lastEvent(arn: string): Promise<string | undefined>;
  /** Of the task that waits now, with its token. */
  waitingMessage(arn: string): Promise<unknown>;
}

/** How the orchestrator stood at one moment. */
export interface Standing {
  readonly atMs: number;
  readonly queues: ByPriority<QueueContents>;
  readonly control: Control;
  readonly quotaBook: QuotaBook;
}

export interface StandingView {
  /** Undefined where it cannot be read: then nobody is refused for it. Never throws. */
  read(): Promise<Standing | undefined>;
  /** Counts a call that was let in since, which the queues do not show yet. */
  accepted(priority: keyof Standing['queues']): void;
}

/** An AWS service throttles us or cannot be reached; the same request may succeed a moment later. */
export class UnavailableError extends Error {}
