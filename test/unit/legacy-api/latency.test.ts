import { latencySampler } from '../../../local/legacy-api/latency.js';
import { seededRandom } from '../../../local/legacy-api/seeded-random.js';

const SEED = 7;
const DRAWS = 100_000;

function draw(medianMs: number, p99Ms: number, seed = SEED, draws = DRAWS): readonly number[] {
  const next = latencySampler({ medianMs, p99Ms }, seededRandom(seed));
  return Array.from({ length: draws }, () => next());
}

describe(`latencySampler (seed ${SEED})`, () => {
  it('draws a log-normal latency with the given median and p99', () => {
    const sorted = [...draw(300, 1_500)].sort((a, b) => a - b);

    expect((sorted[DRAWS * 0.5] ?? 0) / 300).toBeCloseTo(1, 1);
    expect((sorted[DRAWS * 0.99] ?? 0) / 1_500).toBeCloseTo(1, 1);
    expect((sorted[DRAWS * 0.01] ?? 0) / 60).toBeCloseTo(1, 1);
  });

  it('is constant when median and p99 are equal', () => {
    expect(new Set(draw(250, 250))).toEqual(new Set([250]));
  });

  it('draws the same latencies again from the same seed, and others from another', () => {
    const first = draw(300, 1_500, 1, 100);

    expect(draw(300, 1_500, 1, 100)).toEqual(first);
    expect(draw(300, 1_500, 2, 100)).not.toEqual(first);
  });

  it('never exceeds an hour, however long the tail', () => {
    expect(Math.max(...draw(1, 3_600_000))).toBe(3_600_000);
  });

  it.each([
    [2, 1],
    [-1, 1],
    [0, 1],
    [Number.NaN, 1],
    [1, Infinity],
  ])('refuses a median of %p ms with a p99 of %p ms', (medianMs, p99Ms) => {
    expect(() => draw(medianMs, p99Ms)).toThrow("the legacy API's latency is invalid");
  });
});
