import fc from 'fast-check';
import {
  drawnFrom,
  type Latency,
  meanMs,
  meanOfLongerMs,
  rareMs,
} from '../../../../lambdas/core/planning/latency.js';
import { SEED } from '../../../support/seed.js';
import { seededRandom } from '../../../support/seeded-random.js';

const latencies = fc
  .record({ p50Ms: fc.integer({ min: 1, max: 60_000 }), factor: fc.double({ min: 1, max: 30, noNaN: true }) })
  .map(({ p50Ms, factor }): Latency => ({ p50Ms, p99Ms: p50Ms * factor }));

/** The mean of the longer of both, by the trapezoidal rule over the standard normal distribution. */
function integralOfLonger({ p50Ms, p99Ms }: Latency, leastMs: number): number {
  const sigma = Math.log(p99Ms / p50Ms) / 2.3263478740408408;
  const stepZ = 1e-3;
  let sum = 0;
  for (let z = -9; z <= 9; z += stepZ)
    sum += Math.max(leastMs, p50Ms * Math.exp(sigma * z)) * Math.exp((-z * z) / 2);
  return (sum * stepZ) / Math.sqrt(2 * Math.PI);
}

describe(`log-normal latencies (seed ${SEED})`, () => {
  it('have a mean of the longer that agrees with its integral', () => {
    const latency = { p50Ms: 300, p99Ms: 1_500 };

    for (const leastMs of [10, 100, 300, 515, 1_030, 5_000])
      expect(meanOfLongerMs(latency, leastMs) / integralOfLonger(latency, leastMs)).toBeCloseTo(1, 5);
  });

  it('have as mean of the longer their own mean where there is nothing to be longer than', () => {
    const latency = { p50Ms: 300, p99Ms: 1_500 };

    expect(meanMs(latency) / integralOfLonger(latency, 0)).toBeCloseTo(1, 5);
    expect(meanOfLongerMs(latency, 0)).toBe(meanMs(latency));
    expect(meanOfLongerMs(latency, -50)).toBe(meanMs(latency));
  });

  it('have a mean of the longer between the longer of both means and their sum', () => {
    fc.assert(
      fc.property(latencies, fc.integer({ min: 0, max: 120_000 }), (latency, leastMs) => {
        const mean = meanOfLongerMs(latency, leastMs);
        const tolerance = 1e-5 * mean;

        expect(mean).toBeGreaterThanOrEqual(Math.max(leastMs, meanMs(latency)) - tolerance);
        expect(mean).toBeLessThanOrEqual(leastMs + meanMs(latency) + tolerance);
      }),
      { seed: SEED },
    );
  });

  it('are drawn with the median and the p99 that were asked for', () => {
    const draw = drawnFrom({ p50Ms: 300, p99Ms: 1_500 }, seededRandom(SEED));
    const drawn = Array.from({ length: 100_000 }, draw).sort((one, other) => one - other);

    expect((drawn[50_000] ?? 0) / 300).toBeCloseTo(1, 1);
    expect((drawn[99_000] ?? 0) / 1_500).toBeCloseTo(1, 1);
  });

  it('are rarely longer than the rare one, which lies above the p99', () => {
    fc.assert(
      fc.property(latencies, (latency) => {
        expect(rareMs(latency)).toBeGreaterThanOrEqual(latency.p99Ms);
      }),
      { seed: SEED },
    );
  });
});

describe('a latency whose median is its p99', () => {
  const constant = { p50Ms: 200, p99Ms: 200 };

  it('is constant', () => {
    expect(drawnFrom(constant, seededRandom(1))()).toBeCloseTo(200, 6);
    expect([meanMs(constant), rareMs(constant), meanOfLongerMs(constant, 0)]).toEqual([200, 200, 200]);
    expect(meanOfLongerMs(constant, 150)).toBe(200);
    expect(meanOfLongerMs(constant, 250)).toBe(250);
  });
});
