import fc from 'fast-check';
import {
  RATIO_MIN,
  RECOVERY_MS,
  ratioAt,
  type Slowdown,
  slowedDown,
  slowedEndMs,
} from '../../../../lambdas/core/gate/slowdown.js';
import { SEED } from '../../../support/seed.js';
import { START_MS } from '../../../support/virtual-clock.js';

// Goal: whatever the record says, slots are never faster than their hold, never stand still, and recover.
// Method: any slowdown, also one that nothing of ours would write; the end of a wait against a sum over its steps.

const instants = fc.integer({ min: START_MS - 100_000, max: START_MS + 100_000 });
const slowdowns: fc.Arbitrary<Slowdown> = fc.record({
  ratio: fc.double({ min: -1, max: 2, noNaN: true }),
  sinceMs: instants,
});
const durations = fc.nat({ max: 20_000 });
const options = { seed: SEED, numRuns: 300 };

/** Time at the full rate between two instants, one millisecond after the other. */
function countedMs(slowdown: Slowdown, fromMs: number, toMs: number): number {
  let sum = 0;
  for (let ms = fromMs; ms < toMs; ms += 1) sum += ratioAt(slowdown, ms + 0.5);
  return sum;
}

describe(`a slowdown (SEED=${SEED})`, () => {
  it('never leaves less than the floor or more than the full rate, and never falls by itself', () => {
    fc.assert(
      fc.property(slowdowns, instants, durations, (slowdown, atMs, laterMs) => {
        const ratio = ratioAt(slowdown, atMs);

        expect(ratio).toBeGreaterThanOrEqual(RATIO_MIN);
        expect(ratio).toBeLessThanOrEqual(1);
        expect(ratioAt(slowdown, atMs + laterMs)).toBeGreaterThanOrEqual(ratio);
      }),
      options,
    );
  });

  it('is over within the time that recovery takes', () => {
    fc.assert(
      fc.property(slowdowns, (slowdown) => {
        expect(ratioAt(slowdown, slowdown.sinceMs + RECOVERY_MS)).toBe(1);
      }),
      options,
    );
  });

  it('never makes a wait shorter, and longer by less than half of the recovery once that has begun', () => {
    fc.assert(
      fc.property(slowdowns, instants, durations, (slowdown, fromMs, durationMs) => {
        const endMs = slowedEndMs(slowdown, fromMs, durationMs);

        expect(endMs).toBeGreaterThanOrEqual(fromMs + durationMs);
        const unrecoveredMs = Math.max(0, slowdown.sinceMs - fromMs);
        expect(endMs).toBeLessThanOrEqual(fromMs + durationMs + unrecoveredMs + RECOVERY_MS / 2);
      }),
      options,
    );
  });

  it('ends a wait in the very millisecond in which its time has been counted', () => {
    fc.assert(
      fc.property(slowdowns, instants, fc.integer({ min: 1, max: 3_000 }), (slowdown, fromMs, durationMs) => {
        const endMs = slowedEndMs(slowdown, fromMs, durationMs);

        expect(countedMs(slowdown, fromMs, endMs)).toBeGreaterThanOrEqual(durationMs - 1);
        expect(countedMs(slowdown, fromMs, endMs - 1)).toBeLessThan(durationMs + 1);
      }),
      { ...options, numRuns: 60 },
    );
  });

  it('halves the rate that was left, and no more than once for calls made before the recovery began', () => {
    fc.assert(
      fc.property(fc.option(slowdowns, { nil: undefined }), instants, durations, (before, nowMs, gateMs) => {
        const refusal = { callStartedMs: nowMs, nowMs, gateUntilMs: nowMs + gateMs };
        const once = slowedDown(before, refusal);
        const twice = slowedDown(once, { ...refusal, callStartedMs: once.sinceMs - 1 });
        const isNew = before === undefined || nowMs >= before.sinceMs;
        const left = isNew ? Math.max(RATIO_MIN, ratioAt(before, nowMs) / 2) : before.ratio;

        expect(once.ratio).toBe(left);
        expect(once.sinceMs).toBeGreaterThanOrEqual(nowMs + gateMs);
        expect(twice).toEqual(once);
      }),
      options,
    );
  });

  it('leaves waits alone where there is none', () => {
    expect(slowedEndMs(undefined, START_MS, 500)).toBe(START_MS + 500);
    expect(ratioAt(undefined, START_MS)).toBe(1);
  });
});
