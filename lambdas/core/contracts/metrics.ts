/** CloudWatch namespace of every metric that we publish ourselves. */
export const METRIC_NAMESPACE = 'RateLimitedOrchestrator';

/** Names of the dimensions. `Api` is the orchestrator's name; `Priority` is HIGH, NORMAL or BATCH. */
export const DIMENSIONS = { api: 'Api', priority: 'Priority' } as const;

/**
 * Every metric that the worker publishes: name, unit and dimensions, in one place.
 *
 * Ages count from the time of enqueueing in the message body, because SQS drops messages received three or more
 * times from its own age metric.
 */
export const METRICS = {
  /** Enqueued to call start. */
  ageAtStart: { name: 'AgeAtStart', unit: 'Milliseconds', dimensions: ['Api', 'Priority'] },
  /** Call start to result. */
  serviceTime: { name: 'ServiceTime', unit: 'Milliseconds', dimensions: ['Api', 'Priority'] },
  callsStarted: { name: 'CallsStarted', unit: 'Count', dimensions: ['Api', 'Priority'] },
  succeeded: { name: 'CallsSucceeded', unit: 'Count', dimensions: ['Api', 'Priority'] },
  rejected: { name: 'CallsRejected', unit: 'Count', dimensions: ['Api', 'Priority'] },
  unavailable: { name: 'CallsUnavailable', unit: 'Count', dimensions: ['Api', 'Priority'] },
  outcomeUnknown: { name: 'CallsOutcomeUnknown', unit: 'Count', dimensions: ['Api', 'Priority'] },
  responseTooLarge: { name: 'CallsResponseTooLarge', unit: 'Count', dimensions: ['Api', 'Priority'] },
  /** The legacy API refused us with 429, or 503 and Retry-After. */
  throttled: { name: 'CallsThrottled', unit: 'Count', dimensions: ['Api', 'Priority'] },
  /** Dropped before the call: the deadline had passed or nobody waited any more. */
  abandoned: { name: 'TasksAbandoned', unit: 'Count', dimensions: ['Api', 'Priority'] },
  /** The call was made, but the task had closed in the meantime. */
  lateResults: { name: 'LateResults', unit: 'Count', dimensions: ['Api', 'Priority'] },
  /** Given back through the visibility timeout. */
  deferrals: { name: 'Deferrals', unit: 'Count', dimensions: ['Api', 'Priority'] },
  /** Not a task request. */
  malformed: { name: 'MessagesMalformed', unit: 'Count', dimensions: ['Api', 'Priority'] },
  bells: { name: 'BellsRung', unit: 'Count', dimensions: ['Api'] },
  slotsStarted: { name: 'SlotsStarted', unit: 'Count', dimensions: ['Api'] },
  /** A slot waited because another one may have crashed with a call in flight. */
  crashWaits: { name: 'CrashWaits', unit: 'Count', dimensions: ['Api'] },
  callbackRetries: { name: 'CallbackRetries', unit: 'Count', dimensions: ['Api'] },
} as const;

export type Metric = (typeof METRICS)[keyof typeof METRICS];
