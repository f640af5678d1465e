import * as v from 'valibot';
import { sentences } from '../../../../lambdas/core/contracts/faults.js';

const schema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(3, 'a name of 3 characters')),
  steps: v.array(v.strictObject({ url: v.pipe(v.string(), v.url('a URL')), size: v.number() })),
});

function faultsOf(input: unknown): readonly string[] {
  const result = v.safeParse(schema, input);
  return result.success ? [] : sentences(result.issues);
}

describe('sentences', () => {
  it('say where, what is allowed and what came', () => {
    expect(faultsOf({ name: 7, steps: [{ url: 'https://a.example', size: 'big' }] })).toEqual([
      'name: expected a text but got 7',
      'steps[0].size: expected a number but got "big"',
    ]);
  });

  it('say that a field is missing', () => {
    expect(faultsOf({ name: 'erp' })).toEqual(['steps: missing; add it']);
  });

  it('say that a field is unknown', () => {
    expect(faultsOf({ name: 'erp', steps: [], step: 1 })).toEqual([
      'step: unknown field; remove it or correct its name',
    ]);
  });

  it('never show the credentials in an address', () => {
    const [fault] = faultsOf({ name: 'erp', steps: [{ url: 'at //user:secret@host', size: 1 }] });

    expect(fault).toBe('steps[0].url: expected a URL but got "at //***@host"');
  });

  it('never show a long value', () => {
    expect(faultsOf({ name: 'erp', steps: 'x'.repeat(1_000) })).toEqual([
      'steps: expected a list but got a text of 1000 characters',
    ]);
  });

  it('show a value of up to 80 characters, its quotes included', () => {
    const faultOf = (length: number) => faultsOf({ name: 'erp', steps: 'x'.repeat(length) });

    expect(faultOf(78)).toEqual([`steps: expected a list but got "${'x'.repeat(78)}"`]);
    expect(faultOf(79)).toEqual(['steps: expected a list but got a text of 79 characters']);
  });

  it('show nothing that a log cannot print', () => {
    expect(faultsOf({ name: 'erp', steps: 'a\u0000\u001bb' })).toEqual([
      'steps: expected a list but got "a??b"',
    ]);
  });

  it('say what a whole value is, which has no path', () => {
    expect(faultsOf(7)).toEqual(['value: expected an object but got 7']);
  });

  it('say where in a list that is the whole value', () => {
    const result = v.safeParse(v.array(v.strictObject({ size: v.number() })), [{ size: 'big' }]);

    expect(result.success ? [] : sentences(result.issues)).toEqual([
      '[0].size: expected a number but got "big"',
    ]);
  });
});
