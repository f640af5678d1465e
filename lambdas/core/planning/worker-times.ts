import type { Latency } from './latency.js';

/**
 * What a slot spends on AWS between calls. From a function in the same Region, on a warm connection; see
 * `test/simulation/latencies.ts`, which has the sources and must hold the same numbers.
 */
export const RECEIVE: Latency = { p50Ms: 8, p99Ms: 40 };
export const DELETE: Latency = { ...RECEIVE };
export const CONTROL_READ: Latency = { p50Ms: 4, p99Ms: 20 };

/** SendTaskSuccess, and SendTaskHeartbeat as the probe of a task that waited long. */
export const CALLBACK: Latency = { p50Ms: 20, p99Ms: 100 };

/** From the arrival of a message at idle queues to the first look of the slot that its bell starts. */
export const WAKE: Latency = { p50Ms: 110, p99Ms: 500 };

/** A slot that finds its first message rings for the next one, which starts cold. */
export const NEXT_START: Latency = { p50Ms: 450, p99Ms: 1_000 };

/** From the end of a slot whose budget is spent to the first look of the one in its place: bell, start, record. */
export const RESTART_MS = 60;

/** How late a call starts on average: two timers and rounding up to whole milliseconds. */
export const START_LATE_MS = 2;

/** What a slot needs on average from an answer to the next call, where the hold is over by then: looks and a probe. */
export const CALL_OVERHEAD_MS = 50;

/**
 * Standard queues keep their order at best effort, and a short poll asks only some of their servers. AWS documents
 * both without numbers: these stand for a good day, as in `test/simulation/faults.ts`.
 */
export const RECEIVED_AMONG = 3;
export const MISSED_RATIO = 0.01;
