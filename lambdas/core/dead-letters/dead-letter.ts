import type { TaskError } from '../contracts/task-errors.js';
import type { CallIdentity } from '../worker/slot-event.js';
import type { Clock, Ledger, TaskCallback } from '../ports.js';

/** A message that SQS gave up after too many receives, as it comes from the dead-letter queue. */
export interface DeadLetter {
  readonly body: string;
  /** Proves this receive to the queue; a later receive of the same message makes it void. */
  readonly receiptHandle: string;
  /** Receives on all queues so far. */
  readonly receiveCount: number;
  /**
   * When it was first put on a queue: SQS keeps that instant when it moves a message, but between FIFO queues, where it
   * is when the message was moved. Epoch milliseconds.
   */
  readonly enqueuedAtMs: number;
}

/** What became of the task that waited for a message. */
export type TaskEnd =
  /** It was given the call's result. */
  | 'resumed'
  | 'failed'
  /** Nobody waited for it any more. */
  | 'closed'
  /** The body names none, or Step Functions refused what it was told. */
  | 'unknown';

/** A message that rests for people, and why. Its task is over, so that the task token in its body is worth nothing. */
export interface ParkedLetter {
  readonly body: string;
  readonly task: TaskEnd;
  /** With what its task failed, or would have; undefined where its call had succeeded. */
  readonly error: TaskError | undefined;
  readonly reason: string;
  readonly receiveCount: number;
  readonly enqueuedAtMs: number;
  readonly parkedAtMs: number;
}

/** Where messages rest for people. Throws when it cannot be reached. */
export interface Parking {
  park(letter: ParkedLetter): Promise<void>;
}

/** The queue that SQS moves messages to. Throws when it cannot be reached. */
export interface DeadLetterQueue {
  /** Lets a dead letter come back after `delayMs`. */
  defer(letter: DeadLetter, delayMs: number): Promise<void>;
}

/** Everything worth knowing about dead letters. Never a token, never a payload. */
export type DeadLetterEvent =
  | {
      readonly kind: 'parked';
      readonly task: TaskEnd;
      readonly error: TaskError | undefined;
      readonly receiveCount: number;
      /** Undefined for a message that is not a task request. */
      readonly call: CallIdentity | undefined;
    }
  | { readonly kind: 'postponed'; readonly delayMs: number; readonly why: 'mayBeRunning' | 'callbackFailed' }
  /** Something could not be reached; the letter comes back. */
  | { readonly kind: 'problem'; readonly reason: string };

/** Everything that the handling of dead letters touches in the world. */
export interface DeadLetterPorts {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly ledger: Pick<Ledger, 'read'>;
  readonly callback: Pick<TaskCallback, 'succeed' | 'fail'>;
  readonly queue: DeadLetterQueue;
  readonly parking: Parking;
  /** Stands for a text without telling it: the same for the same text, and for no other. */
  readonly fingerprint: (text: string) => string;
  readonly telemetry: { record(event: DeadLetterEvent): void };
}
