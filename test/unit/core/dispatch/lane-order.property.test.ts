import fc from 'fast-check';
import { priorityOf } from '../../../../lambdas/core/contracts/lane.js';
import { type ByPriority, PRIORITIES } from '../../../../lambdas/core/contracts/priority.js';
import { laneOrder, turnOrder } from '../../../../lambdas/core/dispatch/turn-order.js';
import { SEED } from '../../../support/seed.js';

// Goal: overflows change nothing of the classes' order, every queue is asked once, and each overflow leads its share.
// Method: random shares of classes and overflows; draws on a grid so fine that a share's edge shifts a count by little.

const DRAWS = 4_000;

const hundredths = (most: number) => fc.integer({ min: 1, max: most }).map((value) => value / 100);

const ofClasses: fc.Arbitrary<ByPriority<number>> = fc
  .tuple(fc.nat(100), fc.nat(100), fc.nat(100))
  .filter(([high, normal, batch]) => high + normal + batch <= 100)
  .map(([high, normal, batch]) => ({ HIGH: high / 100, NORMAL: normal / 100, BATCH: batch / 100 }));

const ofOverflows: fc.Arbitrary<ByPriority<number | undefined>> = fc.record({
  HIGH: fc.option(hundredths(50), { nil: undefined }),
  NORMAL: fc.option(hundredths(50), { nil: undefined }),
  BATCH: fc.option(hundredths(50), { nil: undefined }),
});

const shares = fc.record({ ofClasses, ofOverflows });
const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const evenDraws = Array.from({ length: DRAWS }, (_, index) => (index + 0.5) / DRAWS);

describe(`laneOrder (SEED=${SEED})`, () => {
  it('keeps the classes in their order, and asks each of their queues once', () => {
    fc.assert(
      fc.property(shares, draws, (given, draw) => {
        const order = laneOrder(given, draw);

        const classes = [...new Set(order.map(priorityOf))];
        expect(classes).toEqual(turnOrder(given.ofClasses, draw));
        expect(new Set(order).size).toBe(order.length);
        for (const priority of PRIORITIES) {
          const own = order.filter((lane) => priorityOf(lane) === priority);
          expect(own).toHaveLength(given.ofOverflows[priority] === undefined ? 1 : 2);
        }
      }),
      { seed: SEED },
    );
  });

  it('lets an overflow lead its share of the turns that its class leads, and no more', () => {
    fc.assert(
      fc.property(shares, (given) => {
        for (const priority of PRIORITIES) {
          const led = evenDraws
            .map((draw) => laneOrder(given, draw))
            .filter(([first]) => first !== undefined && priorityOf(first) === priority);
          const byOverflow = led.filter(([first]) => first !== priority).length;

          expect(Math.abs(byOverflow - (given.ofOverflows[priority] ?? 0) * led.length)).toBeLessThan(2);
        }
      }),
      { seed: SEED, numRuns: 30 },
    );
  });
});
