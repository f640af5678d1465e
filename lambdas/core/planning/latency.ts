import type { Random } from '../ports.js';

/** Times that are log-normal with this median and 99th percentile; constant where the two are equal. */
export interface Latency {
  readonly p50Ms: number;
  /** At least the median. */
  readonly p99Ms: number;
}

/** Standard normal quantiles: one in a hundred, and one in a hundred thousand, lies above. */
const Z_P99 = 2.3263478740408408;
const Z_RARE = 4.264890793922825;

/** Long for one call in a hundred thousand: what a timeout may cut off without being felt. */
export function rareMs(latency: Latency): number {
  return latency.p50Ms * Math.exp(sigmaOf(latency) * Z_RARE);
}

export function meanMs(latency: Latency): number {
  return latency.p50Ms * Math.exp(sigmaOf(latency) ** 2 / 2);
}

/** The mean of the longer of `leastMs` and a time drawn: how long a slot needs that waits out a hold. */
export function meanOfLongerMs(latency: Latency, leastMs: number): number {
  const sigma = sigmaOf(latency);
  if (leastMs <= 0) return meanMs(latency);
  if (sigma === 0) return Math.max(leastMs, latency.p50Ms);
  const z = Math.log(leastMs / latency.p50Ms) / sigma;
  return leastMs * normalCdf(z) + meanMs(latency) * normalCdf(sigma - z);
}

/** Draws times in milliseconds, two ratios for each. */
export function drawnFrom(latency: Latency, random: Random): () => number {
  const sigma = sigmaOf(latency);
  return () => {
    // Box-Muller; 1 - ratio keeps the logarithm away from 0.
    const radius = Math.sqrt(-2 * Math.log(1 - random.ratio()));
    return latency.p50Ms * Math.exp(sigma * radius * Math.cos(2 * Math.PI * random.ratio()));
  };
}

function sigmaOf({ p50Ms, p99Ms }: Latency): number {
  return Math.log(p99Ms / p50Ms) / Z_P99;
}

/**
 * The standard normal distribution function, to within 2e-7.
 * Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: https://personal.math.ubc.ca/~cbm/aands/page_299.htm
 */
function normalCdf(z: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erfc = series * Math.exp((-z * z) / 2);
  return z > 0 ? 1 - erfc / 2 : erfc / 2;
}
