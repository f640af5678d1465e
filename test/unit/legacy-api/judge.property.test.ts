import fc from 'fast-check';
import { Judge } from '../../../local/legacy-api/judge.js';

// Goal: a call is within the limits exactly when no window that ends with it and no moment in flight is over.
// Method: random calls with random durations under two rate limits and a cap, against an O(n^2) count.
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

const rateLimits = fc.record({
  calls: fc.integer({ min: 1, max: 5 }),
  windowMs: fc.integer({ min: 1, max: 20 }),
});
const calls = fc.array(
  fc.record({ gapMs: fc.integer({ min: 0, max: 8 }), durationMs: fc.integer({ min: 0, max: 20 }) }),
  { minLength: 1, maxLength: 60 },
);

interface Call {
  readonly startMs: number;
  readonly endMs: number;
}

function timed(run: readonly { gapMs: number; durationMs: number }[]): readonly Call[] {
  let startMs = 0;
  return run.map(({ gapMs, durationMs }) => {
    startMs += gapMs;
    return { startMs, endMs: startMs + durationMs };
  });
}

/** Finishes, in a world where nobody is refused, every call that ends before or as the next one starts. */
function replay(judge: Judge, run: readonly Call[]): readonly string[] {
  let open: number[] = [];
  return run.map(({ startMs, endMs }) => {
    open.filter((openEndMs) => openEndMs <= startMs).forEach(() => judge.finish());
    open = [...open.filter((openEndMs) => openEndMs > startMs), endMs];
    return judge.arrive(startMs).kind;
  });
}

describe(`Judge (SEED=${seed})`, () => {
  it('judges every call as the definition of its limits does', () => {
    fc.assert(
      fc.property(
        rateLimits,
        rateLimits,
        fc.integer({ min: 1, max: 6 }),
        calls,
        (first, second, inFlightMax, gaps) => {
          const run = timed(gaps);
          const judge = new Judge({ limits: [first, second], inFlightMax });
          const startedIn = (last: number, windowMs: number) =>
            run.filter((call, index) => index <= last && call.startMs > (run[last]?.startMs ?? 0) - windowMs)
              .length;
          const inFlightAt = (last: number) =>
            run.filter((call, index) => index < last && call.endMs > (run[last]?.startMs ?? 0)).length + 1;
          const worst = [first, second].map((limit) => ({
            ...limit,
            worst: Math.max(...run.map((_, index) => startedIn(index, limit.windowMs))),
          }));

          const verdicts = replay(judge, run);
          const figures = judge.figures();

          expect(verdicts).toEqual(
            run.map((_, index) => {
              if ([first, second].some((limit) => startedIn(index, limit.windowMs) > limit.calls))
                return 'overRate';
              return inFlightAt(index) > inFlightMax ? 'overInFlight' : 'within';
            }),
          );
          expect(figures.maxInFlight).toBe(Math.max(...run.map((_, index) => inFlightAt(index))));
          expect((figures.worstWindowCalls ?? 0) / (figures.limitCalls ?? 0)).toBe(
            Math.max(...worst.map((limit) => limit.worst / limit.calls)),
          );
          expect(worst).toContainEqual({
            calls: figures.limitCalls,
            windowMs: figures.limitWindowMs,
            worst: figures.worstWindowCalls,
          });
        },
      ),
      { seed },
    );
  });
});
