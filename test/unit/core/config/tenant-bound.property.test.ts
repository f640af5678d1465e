import fc from 'fast-check';
import { tenantBound } from '../../../../lambdas/core/config/tenant-allowance.js';
import { SEED } from '../../../support/seed.js';

// Goal: nobody within an allowance waits for longer, or behind more calls, than the bound says; and the bound is not
// idle: somebody waits behind nearly as many.
// Method: n tenants send at random instants, each no more than k calls in any window; a queue serves them in order, one
// call every 1 / (m * (1 - s)) seconds.

const WINDOWS = 4;

const setting = fc
  .record({
    tenants: fc.integer({ min: 1, max: 6 }),
    calls: fc.integer({ min: 1, max: 8 }),
    windowSeconds: fc.integer({ min: 1, max: 20 }),
    overflowShareRatio: fc.constantFrom<number>(0.05, 0.2, 0.5),
    spareRatio: fc.double({ min: 1, max: 3, noNaN: true }),
  })
  .map(({ spareRatio, ...given }) => ({
    ...given,
    // A hair more than they may ask for together, so that rounding does not make it less.
    callsPerSecond:
      ((given.tenants * given.calls * spareRatio) / given.windowSeconds / (1 - given.overflowShareRatio)) *
      (1 + 1e-9),
  }));

/** Where in its window each call of each tenant is sent, from 0 to 1. */
const sendings = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 6 * 8 * WINDOWS,
  maxLength: 6 * 8 * WINDOWS,
});

type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

function worstOf(
  { tenants, calls, windowSeconds, overflowShareRatio, callsPerSecond }: Setting,
  at: readonly number[],
) {
  const inEach = tenants * calls;
  const sent = Array.from(
    { length: inEach * WINDOWS },
    (_, index) => (Math.floor(index / inEach) + (at[index] ?? 0)) * windowSeconds,
  ).sort((one, other) => one - other);
  const eachTakes = 1 / (callsPerSecond * (1 - overflowShareRatio));
  const starts: number[] = [];
  let freeAt = 0;
  for (const atSeconds of sent) {
    const startsAt = Math.max(atSeconds, freeAt);
    starts.push(startsAt);
    freeAt = startsAt + eachTakes;
  }
  const ahead = sent.map(
    (atSeconds, index) => starts.slice(0, index).filter((startsAt) => startsAt > atSeconds).length,
  );
  const waits = sent.map((atSeconds, index) => ((starts[index] ?? 0) - atSeconds) * 1_000);
  return { ahead: Math.max(...ahead), waitMs: Math.max(...waits) };
}

describe(`tenantBound (SEED=${SEED})`, () => {
  it('is never exceeded', () => {
    fc.assert(
      fc.property(setting, sendings, (given, at) => {
        const bound = tenantBound(given, given);
        const worst = worstOf(given, at);

        expect(worst.ahead).toBeLessThanOrEqual(bound?.callsAheadMax ?? -1);
        expect(worst.waitMs).toBeLessThanOrEqual(bound?.waitMsMax ?? -1);
      }),
      { seed: SEED },
    );
  });

  it('is reached, but for the call itself, where all send at the end of one window and at the beginning of the next', () => {
    const given = {
      tenants: 5,
      calls: 4,
      windowSeconds: 20,
      overflowShareRatio: 0.05,
      callsPerSecond: 1 / 0.95 + 1e-9,
    };
    const inEach = given.tenants * given.calls;
    const at = Array.from({ length: inEach * WINDOWS }, (_, index) => (index < inEach ? 0.999_99 : 0));

    // The first of them is in flight already when the last one comes, and the last is not ahead of itself.
    expect(worstOf(given, at).ahead).toBe(2 * inEach - 2);
    expect(tenantBound(given, given)).toEqual({ callsAheadMax: 40, waitMsMax: 40_000 });
  });

  it('promises nothing where the tenants may ask for more than their class is served with', () => {
    const allowance = { calls: 10, windowSeconds: 10, overflowShareRatio: 0.5 };

    expect(tenantBound(allowance, { tenants: 5, callsPerSecond: 10 })).toBeDefined();
    expect(tenantBound(allowance, { tenants: 6, callsPerSecond: 10 })).toBeUndefined();
  });
});
