import fc from 'fast-check';
import { pollDelayMs } from '../../../client/polling.js';
import { SEED } from '../../support/seed.js';

const ratio = fc.double({ min: 0, max: 1, noNaN: true });

describe(`pollDelayMs (SEED=${SEED})`, () => {
  it('looks again soon, then ever more rarely', () => {
    expect([0, 1, 2, 3].map((looks) => pollDelayMs(looks, 0))).toEqual([200, 300, 450, 675]);
    expect(pollDelayMs(11, 0)).toBe(15_000);
  });

  it('never waits longer than 15 s, nor less than four fifths of its time', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), ratio, (looks, random) => {
        const fullMs = Math.min(15_000, 200 * 1.5 ** looks);

        expect(pollDelayMs(looks, random)).toBeGreaterThanOrEqual(Math.floor(fullMs * 0.8));
        expect(pollDelayMs(looks, random)).toBeLessThanOrEqual(Math.ceil(fullMs));
      }),
      { seed: SEED },
    );
  });
});
