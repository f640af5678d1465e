import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

const CALL = { path: '/orders', effect: 'idempotent', timeoutMs: 3_000 } as const;

/** What the faults are about: each begins with a path. */
const subjects = (input: unknown, checks: Parameters<typeof parseConfig>[2] = []) =>
  faultsOf(() => parseConfig(input, 'erp', checks)).map((fault) => fault.split(': ')[0]);

describe('the faults of a configuration', () => {
  it('are of fields, and of fields that do not fit together, wherever these are sound by themselves', () => {
    const input = aConfigInput({
      slots: 3,
      limits: [{ calls: 2, windowMs: 1_000 }],
      lingerSeconds: 99,
      maxDeferrals: 30,
      priorities: { HIGH: { minShareRatio: 0.9 }, NORMAL: { minShareRatio: 0.9 } },
    });

    expect(subjects(input)).toEqual([
      'lingerSeconds',
      'limits[0]',
      'priorities',
      expect.stringMatching(/^maxReceiveCount 20 would/),
    ]);
  });

  it('are of each sound operation beside one that is not', () => {
    const input = aConfigInput({
      operations: { bad: { ...CALL, timeoutMs: 0 }, asked: { ...CALL, lookup: { path: '/orders' } } },
    });

    expect(subjects(input)).toEqual(['operations.bad.timeoutMs', 'operations.asked']);
  });

  it('say nothing about what rests on a faulty field', () => {
    const input = aConfigInput({ slots: 0, limits: [{ calls: 1, windowMs: 1_000 }], slotBudgetMs: 1_000 });

    expect(subjects(input)).toEqual(['slots']);
  });

  it('are those of others too, as far as these find what they need', () => {
    const input = aConfigInput({ slots: 0 });

    const found = subjects(input, [
      ({ operations }) => Object.keys(operations).map((name) => `operations.${name}: unheard of`),
      ({ slots }) => [`slots: ${slots} are odd`],
    ]);

    expect(found).toEqual(['slots', ...Object.keys(input.operations).map((name) => `operations.${name}`)]);
  });

  it.each([undefined, null, 7, 'text', [], {}, { operations: null }, { operations: { a: null } }])(
    'are told of %j without more ado',
    (input) => {
      expect(subjects(input).length).toBeGreaterThan(0);
    },
  );
});
