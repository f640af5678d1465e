import fc from 'fast-check';
import { canonicalJson } from '../../../../lambdas/core/ledger/canonical-json.js';
import { SEED } from '../../../support/seed.js';

describe(`canonicalJson, SEED=${SEED}`, () => {
  it('is the same for the same value, whatever the order of its fields', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
      { seed: SEED },
    );
  });

  it('tells every value from every other', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;

        expect(JSON.parse(canonicalJson(value))).toEqual(plain);
      }),
      { seed: SEED },
    );
  });

  it('keeps a field that is named like the prototype', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"d":1,"c":2}}'))).toBe(
      '{"__proto__":{"c":2,"d":1},"b":1}',
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, part]) => [name, reversed(part)]),
  );
}
