import { type ByPriority, byPriority } from '../contracts/priority.js';
import { UNAVAILABLE_RETRY } from '../contracts/task-errors.js';
import { crashWaitMs, holdMs } from '../pacing/hold.js';
import { mappingsOf } from './expressions.js';
import { pacedLimits } from './limit-kinds.js';
import { callsOf } from './operation-config.js';
import type { OrchestratorConfig } from './orchestrator-config.js';
import { keepsOrder } from './ordering.js';

/** Room for resuming a task and deleting its message, repeats of the callback included, in milliseconds. */
export const SETTLE_BUDGET_MS = 10_000;

/** The longest that one attempt at a callback takes, in milliseconds: the settings of its client see to that. */
export const CALLBACK_MAX_MS = 4_500;

/** The longest that storing a result takes, in milliseconds: the settings of its client see to that. */
export const RESULT_STORE_MAX_MS = 8_500;

/** The longest that one mapping of a payload or an answer takes, in milliseconds: then it is given up. */
export const MAPPING_MAX_MS = 1_000;

/** The longest that fetching credentials takes, in milliseconds: then the call is not made now. */
export const CREDENTIALS_MAX_MS = 8_000;

/** Longest timeout of a function: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const FUNCTION_TIMEOUT_MAX_SECONDS = 900;

/** Of the dead-letter function: a batch at once, whose requests are each tried three times for 5 s at most. */
export const DEAD_LETTER_TIMEOUT_SECONDS = 60;

/** Six times the timeout: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const DEAD_LETTER_VISIBILITY_SECONDS = 6 * DEAD_LETTER_TIMEOUT_SECONDS;

/** Of the function for events: a batch at once, each with up to three requests of three tries of 5 s at most. */
export const EVENTS_TIMEOUT_SECONDS = 60;

/** Six times the timeout, as above; and how soon an event comes back that could not be finished. */
export const EVENTS_VISIBILITY_SECONDS = 6 * EVENTS_TIMEOUT_SECONDS;

/** The longest that a bell is delayed: until the workflow's last repeat of a call, for which nobody else rings. */
export const BELL_DELAY_MAX_SECONDS = UNAVAILABLE_RETRY.maxDelaySeconds;

const SECONDS_PER_HOUR = 3_600;

/** The longest that SQS keeps a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const RETENTION_MAX_SECONDS = 14 * 24 * SECONDS_PER_HOUR;

/** The times that follow from a configuration. Each is derived in this one place, so that they always add up. */
export interface Timings {
  /** A slot that started a call may not start another until this much later. */
  readonly holdMs: number;
  /** How long a slot that died may still weigh on the legacy API. */
  readonly crashWaitMs: number;
  /** From the start of any call until the legacy API cannot be working on it: connecting may take the whole timeout. */
  readonly callRunsMaxMs: number;
  /** The worker's timeout: budget, a call started at its very end, the wait that follows it, and settling. */
  readonly functionTimeoutSeconds: number;
  /**
   * Of a priority queue: outlasts the fetch, the call and its settling, so that only a crash redelivers a message; and
   * where order is kept, until the legacy API cannot be working on the call of a slot that died.
   */
  readonly visibilityTimeoutSeconds: number;
  /** Of the doorbell: the bell of a slot that died comes back when that slot can no longer be running. */
  readonly doorbellVisibilitySeconds: number;
  /** Of the doorbell: a bell lives a little longer than a slot, or than it is delayed, so surplus bells do not pile up. */
  readonly doorbellRetentionSeconds: number;
  /** Of a priority queue: outlasts every task that waits in it. */
  readonly queueRetentionSeconds: ByPriority<number>;
  /** Of dead letters and parked messages. SQS keeps a dead letter's enqueue time, so it is longer than any queue's. */
  readonly deadLetterRetentionSeconds: number;
}

/** Derives every time that the stack and the worker share. Total: also for a configuration that breaks a rule. */
export function timingsOf(config: Omit<OrchestratorConfig, 'name'>): Timings {
  const hold = holdMs(pacedLimits(config.limits), config.slots, config.arrivalJitterMs);
  const callTimeoutMs = Math.max(...Object.values(config.operations).map((operation) => operation.timeoutMs));
  const crashWait = crashWaitMs(hold, config.serviceTimeMaxMs, config.arrivalJitterMs);
  const aroundMs = aroundACallMs(config);
  const abandonedMs = config.serviceTimeMaxMs + config.arrivalJitterMs;
  const functionTimeoutSeconds = seconds(
    config.slotBudgetMs + Math.max(callTimeoutMs, crashWait) + aroundMs + SETTLE_BUDGET_MS,
  );
  return {
    holdMs: hold,
    crashWaitMs: crashWait,
    callRunsMaxMs: callTimeoutMs + abandonedMs,
    functionTimeoutSeconds,
    visibilityTimeoutSeconds: seconds(
      hold + callTimeoutMs + aroundMs + SETTLE_BUDGET_MS + (keepsOrder(config) ? abandonedMs : 0),
    ),
    doorbellVisibilitySeconds: functionTimeoutSeconds,
    // SQS counts from when a bell was sent, also while it is delayed.
    doorbellRetentionSeconds: Math.max(functionTimeoutSeconds, BELL_DELAY_MAX_SECONDS) + 60,
    queueRetentionSeconds: byPriority(
      (priority) => config.priorities[priority].taskTimeoutSeconds + SECONDS_PER_HOUR,
    ),
    deadLetterRetentionSeconds: RETENTION_MAX_SECONDS,
  };
}

/** What a call takes besides its time on the wire: credentials, mappings before and after it, storing its result. */
function aroundACallMs(config: Omit<OrchestratorConfig, 'name'>): number {
  const { operations, credentials, clientCertificate, resultOffload } = config;
  const calls = Object.values(operations).flatMap(callsOf);
  const mappings = Math.max(...calls.map((call) => Object.keys(mappingsOf(call)).length));
  const fetches = credentials !== undefined || clientCertificate !== undefined;
  return (
    (fetches ? CREDENTIALS_MAX_MS : 0) +
    mappings * MAPPING_MAX_MS +
    (resultOffload === undefined ? 0 : RESULT_STORE_MAX_MS)
  );
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}
