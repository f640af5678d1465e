import { crashWaitMs, holdMs } from '../../../../lambdas/core/pacing/hold.js';

describe('holdMs', () => {
  it('is the window divided by the calls that each slot may start in it', () => {
    expect(holdMs([{ calls: 20, windowMs: 1_000 }], 5, 0)).toBe(250);
  });

  it('counts whole calls for each slot only', () => {
    expect(holdMs([{ calls: 19, windowMs: 1_000 }], 10, 0)).toBe(1_000);
  });

  it('makes room for the spread of arrival delays', () => {
    expect(holdMs([{ calls: 20, windowMs: 1_000 }], 10, 30)).toBe(515);
  });

  it('is rounded up to whole milliseconds', () => {
    expect(holdMs([{ calls: 3, windowMs: 1_000 }], 1, 0)).toBe(334);
  });

  it('is the longest of those that several limits ask for', () => {
    const perSecond = { calls: 10, windowMs: 1_000 };
    const perMinute = { calls: 100, windowMs: 60_000 };

    expect(holdMs([perSecond, perMinute], 2, 0)).toBe(1_200);
    expect(holdMs([perMinute, perSecond], 2, 0)).toBe(1_200);
  });

  it('is nothing where there are no limits', () => {
    expect(holdMs([], 5, 30)).toBe(0);
  });

  it('never ends where a limit has fewer calls than there are slots', () => {
    expect(holdMs([{ calls: 4, windowMs: 1_000 }], 5, 0)).toBe(Infinity);
  });
});

describe('crashWaitMs', () => {
  it('lasts until the call of a dead slot cannot run any more', () => {
    expect(crashWaitMs(1_000, 5_000, 30)).toBe(5_030);
  });

  it('lasts until the hold of a dead slot is over', () => {
    expect(crashWaitMs(10_000, 5_000, 30)).toBe(10_000);
  });
});
