import type { Random } from './seeded-random.js';

/** Service times of the API: log-normal with this median and 99th percentile; constant when the two are equal. */
export interface Latency {
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** No call takes longer: a log-normal tail has no end, and a timer has one. */
const LATENCY_MAX_MS = 3_600_000;

/** 99th percentile of the standard normal distribution. */
const NORMAL_P99 = 2.3263478740408408;

/**
 * Draws service times in milliseconds, at most one hour each; two numbers of `random` per draw, none when constant.
 *
 * Throws a RangeError unless 0 <= medianMs <= p99Ms <= one hour, and the median is above 0 when the two differ.
 */
export function latencySampler({ medianMs, p99Ms }: Latency, random: Random): () => number {
  if (!(medianMs >= 0 && medianMs <= p99Ms && p99Ms <= LATENCY_MAX_MS) || (medianMs === 0 && p99Ms > 0)) {
    throw new RangeError(
      `the legacy API's latency is invalid: median ${medianMs} ms, p99 ${p99Ms} ms; ` +
        `allowed are 0 < median <= p99 <= ${LATENCY_MAX_MS} ms, or both 0`,
    );
  }
  if (medianMs === p99Ms) return () => medianMs;
  const sigma = Math.log(p99Ms / medianMs) / NORMAL_P99;
  return () => Math.min(medianMs * Math.exp(sigma * standardNormal(random)), LATENCY_MAX_MS);
}

/** Box-Muller; 1 - u keeps the logarithm away from 0. */
function standardNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
