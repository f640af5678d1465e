import fc from 'fast-check';
import { CallWindow } from '../../../local/live-page/call-window.js';
import { SlidingWindow } from '../../../local/legacy-api/sliding-window.js';
import { SEED } from '../../support/seed.js';

const WINDOW_MS = 1_000;
/** Any times, and times that are often exactly one window apart. */
const starts = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 10_000 }),
    fc.integer({ min: 0, max: 20 }).map((half) => half * 500),
  ),
  {
    maxLength: 100,
  },
);

describe(`the window of calls (seed ${SEED})`, () => {
  it('finds the same fullest window as the judge, in whatever order it is told', () => {
    fc.assert(
      fc.property(starts, (startsMs) => {
        const judge = new SlidingWindow({ calls: 1, windowMs: WINDOW_MS });
        [...startsMs].sort((one, other) => one - other).forEach((startMs) => judge.start(startMs));
        const window = new CallWindow(WINDOW_MS, 0);
        startsMs.forEach((startMs) => window.add(startMs));

        expect(window.peakIn(-1, 10_000)).toBe(judge.worstCalls);
      }),
      { seed: SEED },
    );
  });

  it('forgets nothing that a window may still hold', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 10_000 }), (startsMs, nowMs) => {
        const [remembering, forgetting] = [new CallWindow(WINDOW_MS, 500), new CallWindow(WINDOW_MS, 500)];
        startsMs.forEach((startMs) => [remembering, forgetting].forEach((window) => window.add(startMs)));
        forgetting.forget(nowMs);

        expect(forgetting.peakIn(nowMs - 500, nowMs)).toBe(remembering.peakIn(nowMs - 500, nowMs));
      }),
      { seed: SEED },
    );
  });
});
