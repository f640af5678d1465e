import type { Lane } from '../contracts/lane.js';
import type { Priority } from '../contracts/priority.js';
import type { LegacyOutcome } from '../outcomes/legacy-outcome.js';

export type SlotEnd =
  /** The queues were empty. */
  | 'idle'
  /** The time budget was spent. */
  | 'budget'
  /** The gate is closed for longer than this slot would wait. */
  | 'gate'
  /** The legacy API is under maintenance, or will be before a call could end. */
  | 'maintenance'
  /** Every class is paused. */
  | 'paused'
  /** Slots of another configuration still serve. */
  | 'notAdmitted'
  /** A queue or the table could not be reached. */
  | 'problem';

/** Which call an event is about. Never the token, never the payload. */
export interface CallIdentity {
  readonly priority: Priority;
  readonly callId: string;
  readonly operation: string;
  readonly execution: string;
}

/** Everything worth knowing that happens in a slot: the source of metrics, logs and simulation traces. */
export type SlotEvent =
  | { readonly kind: 'slotStarted'; readonly others: number; readonly crashWaitMs: number }
  /** At the start of a slot, and only where something keeps it from calling, all the time or for some classes. */
  | {
      readonly kind: 'heldBack';
      readonly paused: readonly Priority[];
      /** 0 where the gate is open. */
      readonly gateForMs: number;
      readonly breakerOpen: boolean;
      /** 0 where a call may start that ends before the next maintenance. */
      readonly maintenanceForMs: number;
    }
  | { readonly kind: 'slotEnded'; readonly end: SlotEnd; readonly calls: number }
  /** A quota leaves no call until then: the gate closes. */
  | { readonly kind: 'quotaSpent'; readonly renewsInMs: number }
  | { readonly kind: 'rang'; readonly delayMs: number }
  | ({
      readonly kind: 'callStarted';
      /** The queue that its message came from. */
      readonly lane: Lane;
      readonly ageMs: number;
      readonly receiveCount: number;
      /** How old this slot's view of the control record is. */
      readonly controlAgeMs: number;
    } & CallIdentity)
  | ({
      readonly kind: 'callEnded';
      readonly outcome: LegacyOutcome['kind'];
      /** In words, without any body; undefined for a success. */
      readonly reason: string | undefined;
      readonly serviceTimeMs: number;
    } & CallIdentity)
  /** The call could not be made, such as without credentials: nothing was sent, and its task is told to repeat it. */
  | ({ readonly kind: 'notReady'; readonly reason: string } & CallIdentity)
  | ({ readonly kind: 'abandoned'; readonly why: 'deadlinePassed' | 'taskClosed' } & CallIdentity)
  /** A result for which nobody waits any more. `perhapsDelivered`: or it had been taken, and only the answer was lost. */
  | ({ readonly kind: 'lateResult'; readonly perhapsDelivered: boolean } & CallIdentity)
  /**
   * A `once` call that is not made, because its answer is known. `newlyUnknown`: the slot that called died, and now the
   * task that it called for is told.
   */
  | ({ readonly kind: 'answeredByLedger'; readonly newlyUnknown: boolean } & CallIdentity)
  /** The call succeeded, but Step Functions does not take its result. */
  | ({ readonly kind: 'resultRefused'; readonly reason: string } & CallIdentity)
  | ({ readonly kind: 'deferred'; readonly delayMs: number } & CallIdentity)
  | { readonly kind: 'malformed'; readonly priority: Priority; readonly faults: readonly string[] }
  /** The legacy API refused us for our rate: no slot calls for this long, and `ratio` of the rate is left after it. */
  | { readonly kind: 'gateClosed'; readonly forMs: number; readonly ratio: number }
  /** A call was made at this part of the full rate. Only while it is below 1. */
  | { readonly kind: 'slowed'; readonly ratio: number }
  | { readonly kind: 'breakerOpened'; readonly forMs: number; readonly opens: number }
  /** This slot alone may call while the breaker is open. */
  | { readonly kind: 'probeClaimed' }
  | { readonly kind: 'breakerClosed' }
  | { readonly kind: 'callbackRetried'; readonly reason: string }
  /** Something failed that the slot survives; `what` names the step. */
  | { readonly kind: 'problem'; readonly what: string; readonly reason: string };
