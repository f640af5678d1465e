// Goal: what befalls a call follows from the seed, its key and its number alone, and as often as it is said.
// Method: random seeds, keys and sets of faults; and one large sample for the shares.
import fc from 'fast-check';
import { API_FAULTS, type ApiFault, faultOf } from '../../../../local/legacy-api/nasty/api-faults.js';
import { SEED } from '../../../support/seed.js';

const ALL = Object.keys(API_FAULTS) as ApiFault[];
const calls = fc.record({
  kind: fc.constantFrom('call', 'lookup'),
  idempotencyKey: fc.string({ minLength: 1 }),
  nth: fc.integer({ min: 1, max: 20 }),
});
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe(`faultOf (SEED=${SEED})`, () => {
  it('gives the same call the same fate', () => {
    fc.assert(
      fc.property(seeds, calls, (seed, call) => {
        expect(faultOf(ALL, seed, call)).toBe(faultOf(ALL, seed, { ...call }));
      }),
      { seed: SEED },
    );
  });

  it('commits only the faults that were asked for', () => {
    fc.assert(
      fc.property(fc.subarray(ALL), seeds, calls, (faults, seed, call) => {
        const fault = faultOf(faults, seed, call);

        expect(fault === undefined || faults.includes(fault)).toBe(true);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it('refuses a request each time it comes, or never', () => {
    const numbers = [1, 2, 3, 4];
    const refusals = Array.from({ length: 500 }, (_, index) =>
      numbers.filter(
        (nth) =>
          faultOf(['4xx'], SEED, { kind: 'call', idempotencyKey: `order-${index}`, nth }) !== undefined,
      ),
    );

    expect(refusals.filter(({ length }) => length > 0 && length < numbers.length)).toEqual([]);
  });

  it.each(ALL)('commits %s about as often as it says', (fault) => {
    const draws = 40_000;
    const hits = Array.from({ length: draws }, (_, index) =>
      faultOf(ALL, SEED, { kind: 'call', idempotencyKey: `order-${index}`, nth: 1 }),
    ).filter((drawn) => drawn === fault).length;

    // Five standard deviations are 15 % of the rarest; a little is lost to requests that are refused anyway.
    expect(hits / draws / API_FAULTS[fault].ratio).toBeGreaterThan(0.75);
    expect(hits / draws / API_FAULTS[fault].ratio).toBeLessThan(1.25);
  });
});
