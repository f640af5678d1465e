import { refusingWith } from '../../../../lambdas/core/config/command-line.js';
import { parseWhole } from '../../../../lambdas/core/config/units.js';

class Refusal extends Error {}

describe('refusingWith', () => {
  it('leaves what is allowed as the parser reads it', () => {
    expect(refusingWith(Refusal, (text) => parseWhole(text, 1, 9))('7')).toBe(7);
  });

  it('refuses with the given error, and tells what is allowed', () => {
    const parse = (text: string) => parseWhole(text, 1, 9);

    expect(() => refusingWith(Refusal, parse)('10')).toThrow(
      new Refusal('expected a whole number from 1 to 9'),
    );
    expect(() => refusingWith(Refusal, parse, ', or reset')('10')).toThrow('from 1 to 9, or reset');
    expect(() => refusingWith(Refusal, parse)('10')).toThrow(Refusal);
  });

  it('leaves every other error alone', () => {
    const fault = new TypeError('a bug');
    const broken = () => {
      throw fault;
    };

    expect(() => refusingWith(Refusal, broken)('7')).toThrow(fault);
  });
});
