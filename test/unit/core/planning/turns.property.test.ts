import fc from 'fast-check';
import { PRIORITIES } from '../../../../lambdas/core/contracts/priority.js';
import { servedPerSecond } from '../../../../lambdas/core/planning/turns.js';
import { SEED } from '../../../support/seed.js';

const demands = fc.oneof(fc.double({ min: 0, max: 50, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY));
const questions = fc.record({
  capacity: fc.double({ min: 0.1, max: 30, noNaN: true }),
  demand: fc.record({ HIGH: demands, NORMAL: demands, BATCH: demands }),
  minShares: fc.record({
    HIGH: fc.double({ min: 0, max: 0.4, noNaN: true }),
    NORMAL: fc.double({ min: 0, max: 0.3, noNaN: true }),
    BATCH: fc.double({ min: 0, max: 0.3, noNaN: true }),
  }),
});

describe(`what each class is served (seed ${SEED})`, () => {
  it('is its minimum share or all that it asks for, whatever the others ask', () => {
    fc.assert(
      fc.property(questions, ({ capacity, demand, minShares }) => {
        const served = servedPerSecond(capacity, minShares, demand);

        for (const priority of PRIORITIES) {
          const least = Math.min(demand[priority], minShares[priority] * capacity);
          expect(served[priority]).toBeGreaterThanOrEqual(least - 1e-9);
        }
      }),
      { seed: SEED },
    );
  });

  it('leaves no turn unused while anyone asks, and exceeds neither capacity nor demand', () => {
    fc.assert(
      fc.property(questions, ({ capacity, demand, minShares }) => {
        const served = servedPerSecond(capacity, minShares, demand);
        const sum = served.HIGH + served.NORMAL + served.BATCH;

        expect(sum).toBeCloseTo(Math.min(capacity, demand.HIGH + demand.NORMAL + demand.BATCH), 6);
        for (const priority of PRIORITIES) expect(served[priority]).toBeLessThanOrEqual(demand[priority]);
      }),
      { seed: SEED },
    );
  });

  it('goes to HIGH first, then to NORMAL, beyond the minimum shares', () => {
    const minShares = { HIGH: 0.5, NORMAL: 0.1, BATCH: 0.1 };

    expect(servedPerSecond(10, minShares, { HIGH: 3, NORMAL: 4, BATCH: Infinity })).toEqual({
      HIGH: 3,
      NORMAL: 4,
      BATCH: 3,
    });
    expect(servedPerSecond(10, minShares, { HIGH: Infinity, NORMAL: 4, BATCH: Infinity })).toEqual({
      HIGH: 8,
      NORMAL: 1,
      BATCH: 1,
    });
  });
});
