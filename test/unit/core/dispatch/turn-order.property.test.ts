import fc from 'fast-check';
import { type ByPriority, PRIORITIES } from '../../../../lambdas/core/contracts/priority.js';
import { turnOrder } from '../../../../lambdas/core/dispatch/turn-order.js';
import { SEED } from '../../../support/seed.js';
import { seededRandom } from '../../../support/seeded-random.js';

// Goal: each class leads its minimum share of the turns, and the order is by urgency otherwise.
// Method: random shares whose sum is at most 1; draws on an even grid (exact), and from a seeded generator.

const DRAWS = 1_000;

const shares: fc.Arbitrary<ByPriority<number>> = fc
  .tuple(fc.nat(100), fc.nat(100), fc.nat(100))
  .filter(([high, normal, batch]) => high + normal + batch <= 100)
  .map(([high, normal, batch]) => ({ HIGH: high / 100, NORMAL: normal / 100, BATCH: batch / 100 }));

const evenDraws = Array.from({ length: DRAWS }, (_, index) => index / DRAWS);

function leads(minShares: ByPriority<number>, draws: readonly number[]): ByPriority<number> {
  const count = { HIGH: 0, NORMAL: 0, BATCH: 0 };
  for (const draw of draws) {
    const [leader] = turnOrder(minShares, draw);
    if (leader !== undefined) count[leader] += 1;
  }
  return count;
}

describe(`turnOrder (SEED=${SEED})`, () => {
  it('lets each class lead at least its minimum share of the turns', () => {
    fc.assert(
      fc.property(shares, (minShares) => {
        const led = leads(minShares, evenDraws);

        for (const priority of PRIORITIES) {
          // A share's edge may fall between two draws of the grid: one lead more or less.
          expect(led[priority]).toBeGreaterThanOrEqual(Math.floor(minShares[priority] * DRAWS) - 1);
        }
      }),
      { seed: SEED },
    );
  });

  it('gives the turns that no share claims to the most urgent class', () => {
    fc.assert(
      fc.property(shares, (minShares) => {
        const led = leads(minShares, evenDraws);

        expect(led.NORMAL).toBeLessThanOrEqual(minShares.NORMAL * DRAWS + 1);
        expect(led.BATCH).toBeLessThanOrEqual(minShares.BATCH * DRAWS + 1);
      }),
      { seed: SEED },
    );
  });

  it('asks every class once, and those behind the leader by urgency', () => {
    fc.assert(
      fc.property(
        shares,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (minShares, draw) => {
          const [leader, ...rest] = turnOrder(minShares, draw);

          expect(PRIORITIES).toContain(leader);
          expect(rest).toEqual(PRIORITIES.filter((priority) => priority !== leader));
        },
      ),
      { seed: SEED },
    );
  });

  it('lets nobody starve in the long run of a real generator', () => {
    const random = seededRandom(SEED);
    const draws = Array.from({ length: 20_000 }, () => random.ratio());

    const led = leads({ HIGH: 0.5, NORMAL: 0.05, BATCH: 0.05 }, draws);

    // Six standard deviations below the mean of 1,000: no seed in a lifetime.
    expect(led.NORMAL).toBeGreaterThan(815);
    expect(led.BATCH).toBeGreaterThan(815);
  });
});
