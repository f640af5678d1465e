import { paceOf, samePace } from '../../../../lambdas/core/pacing/pace.js';

describe('paceOf', () => {
  it('holds each slot as the limits ask for', () => {
    expect(paceOf([{ calls: 10, windowMs: 1_000 }], 5, 20)).toEqual({ slots: 5, holdMs: 510 });
  });
});

describe('samePace', () => {
  it.each([
    ['another number of slots', { slots: 3, holdMs: 100 }],
    ['another hold', { slots: 2, holdMs: 101 }],
  ])('tells paces with %s apart', (_difference, other) => {
    expect(samePace({ slots: 2, holdMs: 100 }, other)).toBe(false);
  });

  it('recognizes a pace that is the same', () => {
    expect(samePace({ slots: 2, holdMs: 100 }, { slots: 2, holdMs: 100 })).toBe(true);
  });
});
