/** CloudWatch namespace of every metric that we publish ourselves. */
export const METRIC_NAMESPACE = 'RateLimitedOrchestrator';

/**
 * Names of the dimensions: the orchestrator's name, under the name that Powertools gives it, and HIGH, NORMAL or
 * BATCH; for ages also the overflow of one of them.
 */
export const DIMENSIONS = { api: 'service', priority: 'Priority' } as const;

const { api, priority } = DIMENSIONS;

/**
 * Every metric that our functions publish: name, unit and dimensions, in one place.
 *
 * Ages count from the time of enqueueing in the message body, because SQS drops messages received three or more
 * times from its own age metric.
 */
export const METRICS = {
  /** Enqueued to call start. Of calls beyond their tenant's allowance under the name of their overflow, not of the class. */
  ageAtStart: { name: 'AgeAtStart', unit: 'Milliseconds', dimensions: [api, priority] },
  /** Call start to result. */
  serviceTime: { name: 'ServiceTime', unit: 'Milliseconds', dimensions: [api, priority] },
  callsStarted: { name: 'CallsStarted', unit: 'Count', dimensions: [api, priority] },
  succeeded: { name: 'CallsSucceeded', unit: 'Count', dimensions: [api, priority] },
  rejected: { name: 'CallsRejected', unit: 'Count', dimensions: [api, priority] },
  unavailable: { name: 'CallsUnavailable', unit: 'Count', dimensions: [api, priority] },
  outcomeUnknown: { name: 'CallsOutcomeUnknown', unit: 'Count', dimensions: [api, priority] },
  responseTooLarge: { name: 'CallsResponseTooLarge', unit: 'Count', dimensions: [api, priority] },
  /** The legacy API refused us with 429, or 503 and Retry-After. */
  throttled: { name: 'CallsThrottled', unit: 'Count', dimensions: [api, priority] },
  /** Dropped before the call: the deadline had passed or nobody waited any more. */
  abandoned: { name: 'TasksAbandoned', unit: 'Count', dimensions: [api, priority] },
  /** The call was made, but the task had closed in the meantime. */
  lateResults: { name: 'LateResults', unit: 'Count', dimensions: [api, priority] },
  /** Given back through the visibility timeout. */
  deferrals: { name: 'Deferrals', unit: 'Count', dimensions: [api, priority] },
  /** A `once` call that was not made, because the ledger already had its answer. */
  answeredByLedger: { name: 'CallsAnsweredByLedger', unit: 'Count', dimensions: [api, priority] },
  /** The call succeeded, but no result can be made of its answer, or Step Functions does not take it. */
  resultsRefused: { name: 'ResultsRefused', unit: 'Count', dimensions: [api, priority] },
  /** 1, from each slot that finds the class paused at its start; nothing while it is served. */
  classPaused: { name: 'ClassPaused', unit: 'None', dimensions: [api, priority] },
  /** Not a task request. */
  malformed: { name: 'MessagesMalformed', unit: 'Count', dimensions: [api, priority] },
  /** A call that came over HTTP and was taken; once more where the request is repeated while the call runs. */
  taken: { name: 'CallsTaken', unit: 'Count', dimensions: [api, priority] },
  /** A call over HTTP that was answered 503 because too much waits before it, or for longer than its deadline. */
  turnedAway: { name: 'CallsTurnedAway', unit: 'Count', dimensions: [api, priority] },
  /** Messages that SQS gave up, once their tasks were told and they were parked. */
  deadLetters: { name: 'DeadLetters', unit: 'Count', dimensions: [api] },
  /** Those of them for which nobody waited any more. */
  closedDeadLetters: { name: 'DeadLettersOfClosedTasks', unit: 'Count', dimensions: [api] },
  bells: { name: 'BellsRung', unit: 'Count', dimensions: [api] },
  slotsStarted: { name: 'SlotsStarted', unit: 'Count', dimensions: [api] },
  /** A slot waited because another one may have crashed with a call in flight. */
  crashWaits: { name: 'CrashWaits', unit: 'Count', dimensions: [api] },
  /** The legacy API refused a call for its rate, and the gate closed for all slots. */
  gateClosings: { name: 'GateClosings', unit: 'Count', dimensions: [api] },
  /** The part of the full rate, from 0 to 1, at which calls are made; published only while it is below 1. */
  rateRatio: { name: 'RateRatio', unit: 'None', dimensions: [api] },
  /** The legacy API failed so often in a row, or failed a probe, that calls stopped. */
  breakerOpenings: { name: 'BreakerOpenings', unit: 'Count', dimensions: [api] },
  /** A slot was let through an open breaker, to try. */
  probes: { name: 'Probes', unit: 'Count', dimensions: [api] },
  breakerClosings: { name: 'BreakerClosings', unit: 'Count', dimensions: [api] },
  /** 1, from each slot that may not call at its start: for the gate, a spent quota, the breaker or maintenance; nothing otherwise. */
  gateClosed: { name: 'GateClosed', unit: 'None', dimensions: [api] },
  /** 1, when the breaker opens and from each slot that finds it open at its start; nothing otherwise. */
  breakerOpen: { name: 'BreakerOpen', unit: 'None', dimensions: [api] },
  /** A slot found no permit left in some quota, and closed the gate until it renews. */
  quotaSpent: { name: 'QuotaSpent', unit: 'Count', dimensions: [api] },
  /** How old a slot's view of the control record was when it started a call: one value for each call. */
  controlAge: { name: 'ControlAge', unit: 'Milliseconds', dimensions: [api] },
  /** A queue or the table could not be reached, or the control record asks for what cannot be done. */
  problems: { name: 'Problems', unit: 'Count', dimensions: [api] },
  /** Step Functions did not take a callback at once: it throttled us, or could not be reached. */
  callbackRetries: { name: 'CallbackRetries', unit: 'Count', dimensions: [api] },
} as const;

export type Metric = (typeof METRICS)[keyof typeof METRICS];

/** Published only where there is a door over HTTP. */
export const INTAKE_METRICS: readonly Metric[] = [METRICS.taken, METRICS.turnedAway];
