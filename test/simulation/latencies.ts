import type { Latency } from './dice.js';

/**
 * Round trips to AWS from a function in the same Region, on a warm connection.
 *
 * SQS publishes "tens or low hundreds of milliseconds" for a request (https://aws.amazon.com/sqs/faqs/); published
 * measurements of standard queues lie around 10 ms (https://softwaremill.com/amazon-sqs-performance-latency/).
 */
export const SQS_REQUEST: Latency = { medianMs: 8, p99Ms: 40 };

/** "Single-digit millisecond" (https://aws.amazon.com/dynamodb/), with a tail. */
export const TABLE_READ: Latency = { medianMs: 4, p99Ms: 20 };
export const TABLE_WRITE: Latency = { medianMs: 6, p99Ms: 25 };

/** SendTaskSuccess and its like: not published; assumed slower than SQS, as a request that writes a history. */
export const CALLBACK_REQUEST: Latency = { medianMs: 20, p99Ms: 100 };

/** From a task's start to its message in the queue: SQS from within Step Functions; not published. */
export const TASK_TO_QUEUE: Latency = { medianMs: 40, p99Ms: 150 };

/**
 * From the start of an execution to the bell that its RUNNING event rings. Amazon Key reports 80 ms at the 90th
 * percentile through EventBridge (https://aws.amazon.com/blogs/architecture/, February 2026); emission by Step
 * Functions is not published, so the double of it is assumed.
 */
export const EVENT_TO_BELL: Latency = { medianMs: 100, p99Ms: 400 };

/** From a bell that becomes visible to the invocation it causes: the mapping's pollers poll long. */
export const POLLER: Latency = { medianMs: 15, p99Ms: 60 };

/** A warm invocation's way to the handler. */
export const WARM_START: Latency = { medianMs: 6, p99Ms: 20 };

/** Node.js, a bundle of a few hundred KB: 100-500 ms of init (https://cloudkiln.com/blog/lambda-cold-start-optimization). */
export const COLD_START: Latency = { medianMs: 300, p99Ms: 700 };

/** TCP and TLS to the legacy API: three round trips of a few milliseconds and the handshake's arithmetic. */
export const CONNECT: Latency = { medianMs: 25, p99Ms: 80 };

/** What a request that fails in the end has spent on the client's own repeats: three attempts with backoff. */
export const FAILED_REQUEST: Latency = { medianMs: 250, p99Ms: 1_500 };

/** Node's timers fire up to a few milliseconds late. */
export const TIMER_LATE_MAX_MS = 2;

/** Our send to the API's door: this, and up to J more. */
export const NETWORK_LEAST_MS = 3;
