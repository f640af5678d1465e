import fc from 'fast-check';
import { SlidingWindow } from '../../../local/legacy-api/sliding-window.js';

// Goal: the window's counts are those of the definition, at every arrival and for every length of window.
// Method: random arrivals with many ties and exact window lengths between them, against an O(n^2) count.
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

const runs = fc.record({
  calls: fc.integer({ min: 1, max: 6 }),
  windowMs: fc.integer({ min: 1, max: 12 }),
  gapsMs: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 80 }),
});

/** Starts in (t - W, t] for the t of every arrival, over all arrivals so far. */
function countsByDefinition(startsMs: readonly number[], windowMs: number): readonly number[] {
  return startsMs.map(
    (endMs, last) => startsMs.filter((atMs, index) => index <= last && atMs > endMs - windowMs).length,
  );
}

function startsAfter(gapsMs: readonly number[]): readonly number[] {
  let atMs = 0;
  return gapsMs.map((gapMs) => (atMs += gapMs));
}

describe(`SlidingWindow (SEED=${seed})`, () => {
  it('counts the starts of every half-open window as its definition does', () => {
    fc.assert(
      fc.property(runs, ({ calls, windowMs, gapsMs }) => {
        const startsMs = startsAfter(gapsMs);
        const window = new SlidingWindow({ calls, windowMs });

        const counts = startsMs.map((atMs) => {
          window.start(atMs);
          return window.calls;
        });

        expect(counts).toEqual(countsByDefinition(startsMs, windowMs));
        expect(window.worstCalls).toBe(Math.max(...counts));
      }),
      { seed },
    );
  });

  it('names the earliest millisecond at which one more call fits', () => {
    fc.assert(
      fc.property(runs, ({ calls, windowMs, gapsMs }) => {
        const startsMs = startsAfter(gapsMs);
        const lastMs = startsMs.at(-1) ?? 0;
        const window = new SlidingWindow({ calls, windowMs });
        startsMs.forEach((atMs) => window.start(atMs));

        const fits = (atMs: number) =>
          (countsByDefinition([...startsMs, atMs], windowMs).at(-1) ?? 0) <= calls;
        let earliestMs = lastMs;
        while (!fits(earliestMs)) earliestMs += 1;

        expect(Math.max(window.fitsAtMs(), lastMs)).toBe(earliestMs);
      }),
      { seed },
    );
  });

  it('gives a window that replaces it the same counts as one that was always there', () => {
    fc.assert(
      fc.property(runs, fc.nat({ max: 11 }), fc.nat({ max: 80 }), (run, shorterByMs, change) => {
        const startsMs = startsAfter(run.gapsMs);
        const limit = { calls: run.calls, windowMs: Math.max(1, run.windowMs - shorterByMs) };
        const old = new SlidingWindow(run);
        startsMs.slice(0, change).forEach((atMs) => old.start(atMs));
        const replacement = new SlidingWindow(limit, old.historyMs());

        const counts = startsMs.slice(change).map((atMs) => {
          replacement.start(atMs);
          return replacement.calls;
        });

        expect(counts).toEqual(countsByDefinition(startsMs, limit.windowMs).slice(change));
      }),
      { seed },
    );
  });
});
