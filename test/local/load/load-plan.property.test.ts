// Goal: a load starts exactly as many executions as it was asked to, each by a name of its own, in order of time.
// Method: random numbers of calls and shares, among them classes without a share.
import fc from 'fast-check';
import { PRIORITIES } from '../../../lambdas/core/contracts/priority.js';
import { planLoad } from '../../../local/load/load-plan.js';
import { SEED } from '../../support/seed.js';

const shares = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 999_999 }),
);
const mixes = fc
  .record({ HIGH: shares, NORMAL: shares, BATCH: shares })
  .filter(({ HIGH, NORMAL, BATCH }) => HIGH + NORMAL + BATCH > 0);
const shapes = fc.record({
  calls: fc.integer({ min: 0, max: 500 }),
  mix: mixes,
  expectedMs: fc.integer({ min: 0, max: 100_000 }),
});

describe(`planLoad (SEED=${SEED})`, () => {
  it('starts as many executions as asked for, each under its own name', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const starts = planLoad(shape);

        expect(starts).toHaveLength(shape.calls);
        expect(new Set(starts.map(({ name }) => name)).size).toBe(shape.calls);
      }),
      { seed: SEED },
    );
  });

  it('gives each class its share, give or take one, and none to a class without', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { calls, mix } = shape;
        const total = PRIORITIES.reduce((sum, priority) => sum + mix[priority], 0);
        const starts = planLoad(shape);

        const classes = PRIORITIES.map((priority) => ({
          share: mix[priority],
          due: (calls * mix[priority]) / total,
          count: starts.filter((start) => start.priority === priority).length,
        }));
        expect(classes.filter(({ due, count }) => Math.abs(count - due) > 1)).toEqual([]);
        expect(classes.filter(({ share, count }) => share === 0 && count > 0)).toEqual([]);
      }),
      { seed: SEED },
    );
  });

  it('starts in order of time, within the run that is expected', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const times = planLoad(shape).map(({ atMs }) => atMs);

        expect(times).toEqual([...times].sort((one, other) => one - other));
        expect(times.every((atMs) => atMs >= 0 && atMs <= shape.expectedMs)).toBe(true);
      }),
      { seed: SEED },
    );
  });
});
