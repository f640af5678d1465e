/**
 * Every error name with which a task can fail, and so everything that a workflow may `Retry` or `Catch`.
 *
 * State machines receive these names by substitution; nothing spells them a second time.
 */
export const TASK_ERRORS = {
  /** The call was proven not to have been executed, or repeating it is harmless. Safe to retry. */
  unavailable: 'LegacyApi.Unavailable',
  /** The call may or may not have been executed. Look it up; never retry blindly. */
  outcomeUnknown: 'LegacyApi.OutcomeUnknown',
  /** The legacy API refused the call as it is. A retry would be refused again. */
  rejected: 'LegacyApi.Rejected',
  /** The call succeeded, but its result exceeds what a task may return. */
  responseTooLarge: 'LegacyApi.ResponseTooLarge',
  /** The call succeeded, but no result can be made of its answer, or Step Functions does not take it. */
  responseRefused: 'LegacyApi.ResponseRefused',
  /** The request is not one that can be served: every fault is in the cause. */
  invalidRequest: 'Orchestrator.InvalidRequest',
  /** The caller's deadline passed before the call could start, so it was not made. */
  deadlineExceeded: 'Orchestrator.DeadlineExceeded',
  /** The message was given up after too many receives. */
  deadLettered: 'Orchestrator.DeadLettered',
} as const;

/**
 * How workflows repeat a call that failed with `unavailable`: the wait doubles with each attempt, and its jitter
 * only shortens it. The worker rings when the wait is over, so the repeat does not depend on the sweeper.
 */
export const UNAVAILABLE_RETRY = {
  intervalSeconds: 2,
  backoffRate: 2,
  maxDelaySeconds: 300,
  maxAttempts: 8,
} as const;

/** How often a workflow looks the same call up: after "not executed" it makes the call again, which may be lost again. */
export const LOOKUPS_MAX = 3;

export type TaskError = (typeof TASK_ERRORS)[keyof typeof TASK_ERRORS];

/** A typed failure of a task, as the workflow sees it. */
export interface TaskFailure {
  readonly error: TaskError;
  /** What went wrong, with the value, what is allowed and what to do; without tokens or payloads. */
  readonly cause: string;
}
