import fc from 'fast-check';
import { configFaults } from '../../../../lambdas/core/config/config-rules.js';
import { type ConfigError, parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';
import { SEED } from '../../../support/seed.js';

// Goal: whatever JSON somebody writes as configuration is either taken and sound, or refused in sentences.
// Method: random JSON, and sound configurations in which some values, at any depth, are replaced by nasty ones.

/** As a file holds it, so that __proto__ is a field like any other. */
type Json = string;

const nasty = fc.oneof(
  fc.json(),
  fc.constantFrom('1e400', '-0', '1e-400', '9007199254740993', '""', '"\\ud800"', 'null', '[]', '{}'),
  fc.constantFrom('{"__proto__":{"slots":1}}', '{"constructor":7}', '['.repeat(500) + ']'.repeat(500)),
  fc.constantFrom('"https://%"', '"https://user:secret@erp.example.com"', '"/\\u0000"', '"constructor"'),
);

const names = fc.constantFrom('toString', '__proto__', 'constructor', 'slotz', 'getOrder', '\\ud800', '');

/** A sound configuration: every whole number of it is within its range. */
const sound: fc.Arbitrary<Json> = fc
  .record({
    calls: fc.integer({ min: 1, max: 100 }),
    windowMs: fc.integer({ min: 1, max: 300_000 }),
    slots: fc.integer({ min: 1, max: 8 }),
    retryableStatuses: fc.array(fc.integer({ min: 399, max: 600 }), { maxLength: 3 }),
    minShareRatio: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ calls, windowMs, slots, retryableStatuses, minShareRatio }) =>
    JSON.stringify({
      ...aConfigInput({ limits: [{ calls, windowMs }], slots }),
      priorities: { HIGH: { minShareRatio } },
      operations: { getOrder: { effect: 'once', timeoutMs: 3_000, retryableStatuses } },
    }),
  );

/** The text with one value replaced, or one field added, somewhere. */
const damaged: fc.Arbitrary<Json> = fc
  .tuple(sound, nasty, names, fc.nat(), fc.boolean())
  .map(([json, value, name, where, add]) => {
    const spots = [...json.matchAll(add ? /\{/g : /(?<=":)(?:"[^"]*"|[-\d.e]+|\[[^[\]]*\])/g)];
    const spot = spots[where % spots.length];
    const [old, at] = [spot?.[0] ?? '', spot?.index ?? 0];
    const next = add ? `{"${name}":${value},` : value;
    return json.slice(0, at) + next + json.slice(at + old.length);
  })
  .filter((json) => !json.includes(',}'));

const inputs: fc.Arbitrary<unknown> = fc
  .oneof(sound, damaged, damaged, nasty)
  .map((json): unknown => JSON.parse(json));

/** The field first, then what is wrong with it. */
const SENTENCE = /^(\P{C}*: \P{C}+|\w+ \d+ (is|and|would) \P{C}+)$/u;

describe(`parseConfig (SEED=${SEED})`, () => {
  it('takes a configuration that keeps every rule, or says in sentences why it does not', () => {
    const ends = { taken: 0, refused: 0 };

    fc.assert(
      fc.property(inputs, (input) => {
        const faults = faultsOf(() => {
          const config = parseConfig(input);
          expect(configFaults(config)).toEqual([]);
          expect(parseConfig(config)).toEqual(config);
          expect(() => new URL(config.baseUrl)).not.toThrow();
        });

        ends[faults.length === 0 ? 'taken' : 'refused'] += 1;
        expect(faults.filter((fault) => !SENTENCE.test(fault))).toEqual([]);
      }),
      { seed: SEED, numRuns: 1_000 },
    );

    expect(Math.min(ends.taken, ends.refused)).toBeGreaterThan(100);
  });

  it('loses no operation', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const written = Object.keys((input as { operations?: object } | null)?.operations ?? {});

        const config = takenOr(undefined, () => parseConfig(input));

        expect(config === undefined ? written : Object.keys(config.operations)).toEqual(written);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});

function takenOr<T>(otherwise: undefined, parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    expect((error as ConfigError).code).toBe('CONFIG');
    return otherwise;
  }
}
