import { TASK_ERRORS, type TaskError } from '../lambdas/core/contracts/task-errors.js';

/** How an execution ends that was cancelled through the client. */
export const CANCELLED = 'Caller.Cancelled';

/**
 * Every name with which the execution of a call fails by itself. State machines of your own, and people who stop an
 * execution, may add others.
 */
export type CallError = TaskError | 'States.Timeout' | 'States.HeartbeatTimeout' | typeof CANCELLED;

/**
 * - `later`: not executed, or harmless to repeat.
 * - `afterLookup`: it may have been executed; find out first, and never repeat it blindly.
 * - `redrive`: its message is parked; `rlo` redrives it.
 * - `no`: a repeat would fail again.
 * - `unknown`: the name is none of ours.
 */
export type Repeat = 'later' | 'afterLookup' | 'redrive' | 'no' | 'unknown';

const REPEAT: Readonly<Record<CallError, Repeat>> = {
  [TASK_ERRORS.unavailable]: 'later',
  [TASK_ERRORS.outcomeUnknown]: 'afterLookup',
  [TASK_ERRORS.rejected]: 'no',
  [TASK_ERRORS.responseTooLarge]: 'no',
  [TASK_ERRORS.responseRefused]: 'no',
  [TASK_ERRORS.invalidRequest]: 'no',
  [TASK_ERRORS.deadlineExceeded]: 'no',
  [TASK_ERRORS.deadLettered]: 'redrive',
  'States.Timeout': 'later',
  'States.HeartbeatTimeout': 'later',
  [CANCELLED]: 'no',
};

/** Everything that the client itself throws; what AWS refuses is thrown as the SDK throws it. */
export abstract class OrchestratorClientError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The call cannot be served as it is: every fault, found before any request. Nothing was started. */
export class InvalidCallError extends OrchestratorClientError {
  readonly code = 'INVALID_CALL';
  /** Each a sentence: where, what is allowed, and what was given where that is short. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[], options?: ErrorOptions) {
    super(`the call was not started: ${faults.join('; ')}`, options);
    this.faults = faults;
  }
}

/** Another call has this key or name: another operation, payload, tenant or orderingKey. Nothing was started. */
export class CallConflictError extends OrchestratorClientError {
  readonly code = 'CALL_CONFLICT';
  readonly executionArn: string;

  constructor(executionArn: string, options?: ErrorOptions) {
    super(
      `the call was not started: ${executionArn} has its name and makes another call; take another idempotencyKey or executionName`,
      options,
    );
    this.executionArn = executionArn;
  }
}

/** The execution has ended without a result. */
export class CallFailedError extends OrchestratorClientError {
  readonly code = 'CALL_FAILED';
  readonly executionArn: string;
  /** One of `CallError`, or a name of somebody else's. */
  readonly error: CallError | (string & {});
  /** What the execution says of it: the value, what is allowed, what to do. Empty where it says nothing. */
  readonly reason: string;
  /** Whether the call may be made again. */
  readonly repeat: Repeat;

  constructor(executionArn: string, error: string, reason: string) {
    super(`${error}: ${reason === '' ? 'no cause was given' : reason}; execution ${executionArn}`);
    this.executionArn = executionArn;
    this.error = error;
    this.reason = reason;
    this.repeat = Object.hasOwn(REPEAT, error) ? REPEAT[error as CallError] : 'unknown';
  }
}

/** No execution is known by this reference: it was never started, or ended more than 90 days ago. */
export class CallNotFoundError extends OrchestratorClientError {
  readonly code = 'CALL_NOT_FOUND';
  readonly executionArn: string;

  constructor(executionArn: string, options?: ErrorOptions) {
    super(`execution ${executionArn} does not exist: never started, or ended over 90 days ago`, options);
    this.executionArn = executionArn;
  }
}

/** The client has stopped waiting. The execution goes on: wait for it again, or cancel it. */
export class WaitTimeoutError extends OrchestratorClientError {
  readonly code = 'WAIT_TIMEOUT';
  readonly executionArn: string;

  constructor(executionArn: string, timeoutMs: number) {
    super(`execution ${executionArn} has not ended within ${timeoutMs} ms; it goes on`);
    this.executionArn = executionArn;
  }
}
