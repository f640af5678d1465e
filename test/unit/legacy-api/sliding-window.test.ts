import { SlidingWindow } from '../../../local/legacy-api/sliding-window.js';

describe('SlidingWindow', () => {
  it('lets a call leave exactly one window after it started', () => {
    const window = new SlidingWindow({ calls: 1, windowMs: 100 });

    window.start(0);
    window.start(99.999);
    const before = window.calls;
    window.start(199.999);

    expect(before).toBe(2);
    expect(window.calls).toBe(1);
  });

  it('remembers no more than the starts of one window, however long it runs', () => {
    const window = new SlidingWindow({ calls: 10, windowMs: 100 });

    for (let atMs = 0; atMs < 50_000; atMs += 1) window.start(atMs);

    expect(window.historyMs()).toHaveLength(100);
    expect(window.worstCalls).toBe(100);
  });

  it('saturates at its bound and still sees the breach', () => {
    const window = new SlidingWindow({ calls: 3, windowMs: 100 }, [], 5);

    for (let atMs = 0; atMs < 50; atMs += 1) window.start(atMs);

    expect(window.calls).toBe(5);
    expect(window.fitsAtMs()).toBe(47 + 100);
  });
});
