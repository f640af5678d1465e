import fc from 'fast-check';
import { strictestPace } from '../../../../lambdas/core/pacing/pace.js';
import { SEED } from '../../../support/seed.js';

const paces = fc.record({
  slots: fc.integer({ min: 1, max: 900 }),
  holdMs: fc.integer({ min: 0, max: 600_000 }),
});

describe(`strictestPace (SEED=${SEED})`, () => {
  it('allows nothing that any of the paces forbids', () => {
    fc.assert(
      fc.property(paces, fc.array(paces), (own, others) => {
        const strictest = strictestPace(own, others);

        for (const pace of [own, ...others]) {
          expect(strictest.slots).toBeLessThanOrEqual(pace.slots);
          expect(strictest.holdMs).toBeGreaterThanOrEqual(pace.holdMs);
        }
      }),
      { seed: SEED },
    );
  });

  it('forbids nothing that all of the paces allow', () => {
    fc.assert(
      fc.property(paces, fc.array(paces), (own, others) => {
        const strictest = strictestPace(own, others);

        expect([own, ...others].map(({ slots }) => slots)).toContain(strictest.slots);
        expect([own, ...others].map(({ holdMs }) => holdMs)).toContain(strictest.holdMs);
      }),
      { seed: SEED },
    );
  });
});
