import fc from 'fast-check';
import { parseRoot, valueOf } from '../../../../lambdas/adapters/legacy/xml-reader.js';
import { xmlContent } from '../../../../lambdas/adapters/legacy/xml-writer.js';
import { SEED } from '../../../support/seed.js';

const name = fc.constantFrom(
  'a',
  'B-1',
  'c_d',
  'toString',
  '__proto__',
  'constructor',
  'é'.normalize('NFD')[0] ?? 'e',
);

/** Texts that XML can hold. White space alone around elements would be lost, so texts stand in elements of their own. */
const text = fc.string({ unit: 'grapheme' }).filter((value) => 'xml' in xmlContent(value));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc
      .array(fc.tuple(name, fc.oneof(tie('value'), fc.array(tie('value'), { minLength: 2, maxLength: 3 }))), {
        minLength: 1,
        maxLength: 3,
      })
      .map(ofFields),
  ),
}));

function ofFields(entries: readonly (readonly [string, unknown])[]): unknown {
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of entries) object[key] = item;
  return object;
}

describe(`XML (SEED=${SEED})`, () => {
  it('is read as what it was written from', () => {
    fc.assert(
      fc.property(value, (drawn) => {
        const written = xmlContent(drawn);
        if ('faults' in written) throw new Error(written.faults.join('; '));

        const root = parseRoot(`<root>${written.xml}</root>`);

        expect(JSON.stringify(root && valueOf(root))).toBe(JSON.stringify(drawn));
      }),
      { seed: SEED },
    );
  });

  it('of anything that JSON holds is well-formed, or every fault is told by its place', () => {
    const seen = { read: 0, refused: 0 };

    fc.assert(
      fc.property(fc.jsonValue(), (drawn) => {
        const written = xmlContent(drawn);
        if ('xml' in written) {
          seen.read += 1;
          return parseRoot(`<root>${written.xml}</root>`) !== undefined;
        }
        seen.refused += 1;
        return written.faults.every((fault) => fault.startsWith('body'));
      }),
      { seed: SEED },
    );

    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(5);
  });
});
