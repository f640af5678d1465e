import { parseQuotaBook } from '../../../../lambdas/core/contracts/quota-book.js';

describe('parseQuotaBook', () => {
  it('reads what is stored', () => {
    expect(parseQuotaBook({ permits: '[[1893456000000,3],[0,0]]', version: '1' })).toEqual({
      book: [
        { untilMs: 1_893_456_000_000, calls: 3 },
        { untilMs: 0, calls: 0 },
      ],
      version: 1,
    });
  });

  it.each([
    ['a book without permits', { version: '1' }],
    ['permits that are not JSON', { permits: 'none', version: '1' }],
    ['permits that are no pairs', { permits: '[[1]]', version: '1' }],
    ['fewer calls than none', { permits: '[[1,-1]]', version: '1' }],
    ['half a call', { permits: '[[1,0.5]]', version: '1' }],
    ['a book without a version', { permits: '[]' }],
    ['version 0, which nobody writes', { permits: '[]', version: '0' }],
    ['half a version', { permits: '[]', version: '1.5' }],
    ['no book at all', undefined],
  ])('refuses %s', (_what, fields) => {
    expect(() => parseQuotaBook(fields)).toThrow();
  });
});
