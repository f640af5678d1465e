import type { Priority } from '../../lambdas/core/contracts/priority.js';

/** One execution that the workload will start: it makes one call. */
export interface PlannedExecution {
  readonly atMs: number;
  readonly priority: Priority;
  /** The operation's effect is `once`. */
  readonly once: boolean;
  /** How long the legacy API works on it. */
  readonly serviceMs: number;
  /** Its RUNNING event rings. Not so for the children of a Distributed Map, of which that is not known. */
  readonly rings: boolean;
  readonly deadlineMs?: number;
  /** For whom it is; undefined for nobody in particular. */
  readonly tenant?: string;
  /** Its place is behind the earlier calls with this key. */
  readonly orderingKey?: string;
  /** When somebody stops it, if somebody does. */
  readonly stopAtMs?: number;
}

export type ExecutionEnd = 'succeeded' | 'stopped' | 'States.Timeout' | `failed: ${string}`;

/** An execution that runs, and what an all-knowing observer knows about its call. */
export interface Execution {
  readonly index: number;
  readonly plan: PlannedExecution;
  /** Tasks so far: together with the index it makes the task token. */
  attempt: number;
  /** Whether its task makes the call, or looks up whether it was executed. */
  state: 'call' | 'lookup';
  /** Repeats of the state so far. */
  retries: number;
  /** Times that it looked its call up. */
  lookups: number;
  /** When the message of its first attempt was in its queue. */
  firstEnqueuedMs: number;
  /** When its call started for the first time; undefined until then. */
  firstCallMs: number | undefined;
  callsSent: number;
  /** A call was sent of which it is not proven that nothing was executed. */
  maybeExecuted: boolean;
  executed: boolean;
  /** Calls on which the legacy API works. */
  running: number;
  /** A liveness probe for it could not be answered, so nobody could know that it is over. */
  probeFailed: boolean;
  end: ExecutionEnd | undefined;
  endedMs: number;
}

export function newExecution(index: number, plan: PlannedExecution): Execution {
  return {
    index,
    plan,
    attempt: 0,
    state: 'call',
    retries: 0,
    lookups: 0,
    firstEnqueuedMs: 0,
    firstCallMs: undefined,
    callsSent: 0,
    maybeExecuted: false,
    executed: false,
    running: 0,
    probeFailed: false,
    end: undefined,
    endedMs: 0,
  };
}

/** The operation that it calls: of those which must not be repeated blindly, every second one can be looked up. */
export function operationOf({ index, plan }: Execution): 'getOrder' | 'bookOrder' | 'chargeCard' {
  if (!plan.once) return 'getOrder';
  return canBeLookedUp(index) ? 'bookOrder' : 'chargeCard';
}

export function canBeLookedUp(index: number): boolean {
  return index % 2 === 0;
}
