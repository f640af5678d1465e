import fc from 'fast-check';
import { allowMoreThan, limitsAfter, liveLimitsFault } from '../../../../lambdas/core/pacing/live-limits.js';
import { aConfig } from '../../../support/a-config.js';
import { SEED } from '../../../support/seed.js';

const SECOND = 1_000;
const DAY = 86_400_000;

describe('liveLimitsFault', () => {
  const config = aConfig({ limits: [{ calls: 20, windowMs: SECOND }], slots: 5, slotBudgetMs: 60_000 });

  it('accepts fewer calls as long as each slot has one', () => {
    expect(liveLimitsFault(config, [{ calls: 5, windowMs: SECOND }])).toBeUndefined();
  });

  it('accepts a quota of fewer calls than slots, because any slot may use it', () => {
    expect(liveLimitsFault(config, [{ calls: 1, windowMs: DAY }])).toBeUndefined();
  });

  it('accepts the longest window that is remembered', () => {
    expect(liveLimitsFault(config, [{ calls: 9, windowMs: 31 * DAY }])).toBeUndefined();
  });

  it.each([
    ['fewer calls than slots', [{ calls: 4, windowMs: SECOND }], 'allow at least 5 calls'],
    ['a hold that no budget has room for', [{ calls: 5, windowMs: 60_000 }], 'a hold of 60000 ms'],
    ['an empty list in place of limits', [], 'would remove every limit'],
    [
      'a window that nobody remembers',
      [{ calls: 9, windowMs: 32 * DAY }],
      'a window of 768 h is longer than the 744 h',
    ],
  ])('refuses %s', (_, limits, sentence) => {
    expect(liveLimitsFault(config, limits)).toContain(sentence);
  });

  it('tells one call as one', () => {
    expect(liveLimitsFault(config, [{ calls: 1, windowMs: SECOND }])).toMatch(/^1 call per 1 s would leave/);
  });

  it('accepts an empty list where none are configured', () => {
    expect(liveLimitsFault(aConfig({ limits: [] }), [])).toBeUndefined();
  });
});

describe(`limitsAfter (seed ${SEED})`, () => {
  const limit = (windowMs: fc.Arbitrary<number>) =>
    fc.record({ calls: fc.integer({ min: 1, max: 99 }), windowMs });
  const paced = fc.array(limit(fc.integer({ min: 1, max: 300_000 })), { maxLength: 3 });
  const quotas = fc.array(limit(fc.integer({ min: 300_001, max: DAY })), { maxLength: 3 });

  it('replaces the limits of each kind that is named, and keeps the other kind', () => {
    fc.assert(
      fc.property(paced, quotas, paced, quotas, (pacedBefore, quotasBefore, pacedNamed, quotasNamed) => {
        const after = limitsAfter([...pacedBefore, ...quotasBefore], [...pacedNamed, ...quotasNamed]);

        expect(after).toEqual([
          ...(pacedNamed.length > 0 ? pacedNamed : pacedBefore),
          ...(quotasNamed.length > 0 ? quotasNamed : quotasBefore),
        ]);
      }),
      { seed: SEED },
    );
  });
});

describe('allowMoreThan', () => {
  const PACE = { calls: 20, windowMs: SECOND };
  const QUOTA = { calls: 1_000, windowMs: 3_600_000 };
  const configured = [PACE, QUOTA];

  it.each([
    ['a higher rate', [{ calls: 21, windowMs: SECOND }, QUOTA]],
    ['a higher quota', [PACE, { calls: 5_000, windowMs: 3_600_000 }]],
    ['no quota', [PACE]],
    ['a quota for a shorter window that comes to more', [PACE, { calls: 90, windowMs: 310_000 }]],
    ['a longer window, which may see its calls at once', [{ calls: 40, windowMs: 2 * SECOND }, QUOTA]],
    ['no limit', []],
  ])('finds %s', (_, limits) => {
    expect(allowMoreThan(configured, limits)).toBe(true);
  });

  it.each([
    ['the configured limits', configured],
    [
      'stricter ones of each kind',
      [
        { calls: 10, windowMs: SECOND },
        { calls: 999, windowMs: 3_600_000 },
      ],
    ],
    [
      'the same in shorter windows',
      [
        { calls: 10, windowMs: SECOND / 2 },
        { calls: 83, windowMs: 310_000 },
      ],
    ],
    ['a quota of as many calls in a longer window', [PACE, { calls: 1_000, windowMs: DAY }]],
  ])('finds no fault with %s', (_, limits) => {
    expect(allowMoreThan(configured, limits)).toBe(false);
  });

  it('finds nothing above a configuration without limits', () => {
    expect(allowMoreThan([], [PACE])).toBe(false);
  });
});
