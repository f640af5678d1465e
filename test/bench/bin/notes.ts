import { MEMORY_DEFAULT_MB } from '../../../lambdas/core/config/orchestrator-config.js';

/** What a reader must know so as not to be misled; printed below the table. */
export const NOTES: readonly string[] = [
  'Violations: calls beyond the limit or beyond C in flight, by a judge at the door of the legacy API. A refused call counts as a start, so a client that goes on prolongs the refusal; its wait ends all the same.',
  'Limit used: calls executed in the time that the limit needs for all of them. Waits: from the queue (virtual) or the submission (real) to the start of the call. Ideal: a non-preemptive priority queue with C servers and the same minimum shares, to which everything is known at once.',
  'Virtual: the models of the simulator, no faults, no jitter beyond the allowance. Our worker is the shipped slot loop. Mappings: one message per invocation, reserved concurrency C, a handler that gives its message back for 1 s where more urgent work is visible and holds its invocation for the hold; visibility 60 s, maxReceiveCount 5. Pollers: what a mapping does when throttled, which AWS does not document; named where it matters.',
  `Dollars: SQS, Lambda (${MEMORY_DEFAULT_MB} MB) and DynamoDB requests in us-east-1, without state transitions, logs and metrics, which are the same for everyone.`,
  'Real: our worker through the whole local run, from StartExecution; the libraries in one process, with that process as their only caller, and but for BullMQ they lose their queue with it. At C in flight, with priorities: Bottleneck with a reservoir refilled each window, with minTime = window / N, and with 60 ms of margin per window as our local run has; p-queue with intervalCap per interval, fixed and strict; BullMQ with limiter max per duration.',
];
