/** Everything that can be made to go wrong, by the name of its flag. */
export const FAULTS = [
  'crash',
  'duplicate',
  'miss',
  'reorder',
  'redeploy',
  'limit-change',
  'throttle',
  'slow-api',
  '429',
  'outage',
  'commit-then-timeout',
  'lost-event',
  'stop-execution',
  'dead-letter',
] as const;

export type Fault = (typeof FAULTS)[number];

/** How often what is always possible happens, and how often it does under its fault. Probabilities unless named. */
export interface FaultRates {
  /** That an invocation dies before its time, at one of its awaits. */
  readonly crash: number;
  /** That a receive leaves a copy behind, which is delivered once more, perhaps after a delete. */
  readonly duplicate: number;
  /** That a short poll does not ask the server that holds a given message. */
  readonly miss: number;
  /** Among how many of the oldest messages a receive picks. Not a probability. */
  readonly reorderAmong: number;
  /** That a request to SQS, Step Functions or the table fails after all its attempts. */
  readonly throttle: number;
  /** That the legacy API answers 429 although its limits are kept, because another client uses it. */
  readonly busy: number;
  /** Spells in which the legacy API refuses many calls so, because of what others ask of it. */
  readonly busySpells: boolean;
  /** That a call is executed but its answer never comes. */
  readonly commitThenTimeout: number;
  /** That a RUNNING event is never delivered. */
  readonly lostEvent: number;
  /** That an execution is stopped before it ends by itself. */
  readonly stopExecution: number;
  /** That SQS gives up a message which comes back; now and then a fresh one, as if nobody had got its deliveries. */
  readonly giveUp: number;
  readonly redeploys: boolean;
  readonly limitChanges: boolean;
  /** Spells in which the legacy API is many times slower. */
  readonly slowSpells: boolean;
  /** Spells in which the legacy API is down. */
  readonly outages: boolean;
}

/**
 * AWS documents that short polls ask a subset of the servers and that order is best effort, without numbers: small
 * ones stand for a good day, large ones for the fault.
 */
export function ratesOf(faults: ReadonlySet<Fault>): FaultRates {
  const under = (fault: Fault, rate: number, otherwise = 0) => (faults.has(fault) ? rate : otherwise);
  return {
    crash: under('crash', 0.15),
    duplicate: under('duplicate', 0.01),
    miss: under('miss', 0.25, 0.01),
    reorderAmong: under('reorder', 100, 3),
    throttle: under('throttle', 0.005),
    busy: under('429', 0.005),
    commitThenTimeout: under('commit-then-timeout', 0.003),
    lostEvent: under('lost-event', 0.5),
    stopExecution: under('stop-execution', 0.05),
    giveUp: under('dead-letter', 0.5),
    redeploys: faults.has('redeploy'),
    limitChanges: faults.has('limit-change'),
    busySpells: faults.has('429'),
    slowSpells: faults.has('slow-api'),
    outages: faults.has('outage'),
  };
}
