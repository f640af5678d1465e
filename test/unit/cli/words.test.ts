import { limitsText } from '../../../cli/words.js';

describe('limitsText', () => {
  it('tells one call as one, and no limit in words', () => {
    expect(limitsText([{ calls: 1, windowMs: 1_500 }])).toBe('1 call per 1500 ms');
    expect(limitsText([])).toBe('none but calls in flight');
  });

  it('tells several limits exactly', () => {
    const limits = [
      { calls: 20, windowMs: 1_000 },
      { calls: 10_000, windowMs: 86_400_000 },
    ];

    expect(limitsText(limits)).toBe('20 calls per 1 s, 10000 calls per 24 h');
  });
});
