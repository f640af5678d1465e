import fc from 'fast-check';
import { holdMs } from '../../../../lambdas/core/pacing/hold.js';
import { SEED } from '../../../support/seed.js';

// Goal: slots that know nothing of one another, each spacing its calls by the hold, never exceed the limit.
// Method: random limits, phases, extra waits and arrival delays; every half-open window that begins at a call.

interface Run {
  readonly calls: number;
  readonly slots: number;
  readonly windowMs: number;
  readonly jitterMs: number;
  /** For each slot: when it starts, and how much longer than the hold it waits before each further call. */
  readonly phasesMs: readonly number[];
  readonly extraMs: readonly (readonly number[])[];
  readonly delayRatios: readonly number[];
}

const limits = fc
  .record({
    calls: fc.integer({ min: 1, max: 24 }),
    windowMs: fc.integer({ min: 1, max: 3_000 }),
    jitterMs: fc.integer({ min: 0, max: 400 }),
  })
  .chain((limit) => fc.integer({ min: 1, max: limit.calls }).map((slots) => ({ ...limit, slots })));

const runs: fc.Arbitrary<Run> = limits.chain((limit) => {
  // Mostly no extra wait: slots that start calls as early as they may are the ones that could break the limit.
  const extraMs = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 200 }));
  return fc.record({
    calls: fc.constant(limit.calls),
    slots: fc.constant(limit.slots),
    windowMs: fc.constant(limit.windowMs),
    jitterMs: fc.constant(limit.jitterMs),
    phasesMs: fc.array(fc.nat({ max: limit.windowMs }), { minLength: limit.slots, maxLength: limit.slots }),
    extraMs: fc.array(fc.array(extraMs, { minLength: 8, maxLength: 8 }), {
      minLength: limit.slots,
      maxLength: limit.slots,
    }),
    delayRatios: fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 5, maxLength: 5 }),
  });
});

/** When the calls of all slots reach the legacy API. */
function arrivalsMs({ phasesMs, extraMs, jitterMs, delayRatios }: Run, spacingMs: number): readonly number[] {
  let drawn = 0;
  return phasesMs.flatMap((phaseMs, slot) => {
    let startMs = phaseMs;
    return [0, ...(extraMs[slot] ?? [])].map((waitMs, index) => {
      if (index > 0) startMs += spacingMs + waitMs;
      const delayMs = jitterMs * (delayRatios[drawn++ % delayRatios.length] ?? 0);
      return startMs + delayMs;
    });
  });
}

/** The most arrivals in any window [t, t + W): it is enough to look at those that begin with an arrival. */
function mostInAnyWindow(atMs: readonly number[], windowMs: number): number {
  return Math.max(
    ...atMs.map((fromMs) => atMs.filter((ms) => ms >= fromMs && ms < fromMs + windowMs).length),
  );
}

describe(`holdMs (SEED=${SEED})`, () => {
  it('keeps every half-open window within the limit, whatever the phases of the slots', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const spacingMs = holdMs([run], run.slots, run.jitterMs);

        const most = mostInAnyWindow(arrivalsMs(run, spacingMs), run.windowMs);

        expect(most).toBeLessThanOrEqual(run.calls);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('keeps every one of several limits', () => {
    fc.assert(
      fc.property(runs, limits, (run, second) => {
        fc.pre(second.calls >= run.slots);
        const spacingMs = holdMs([run, second], run.slots, run.jitterMs);
        const atMs = arrivalsMs(run, spacingMs);

        expect(mostInAnyWindow(atMs, run.windowMs)).toBeLessThanOrEqual(run.calls);
        expect(mostInAnyWindow(atMs, second.windowMs)).toBeLessThanOrEqual(second.calls);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('would break the limit with C * W / N in its place, wherever C does not divide N', () => {
    const uneven = limits.filter(({ calls, slots, windowMs }) => calls % slots !== 0 && windowMs > 100);
    fc.assert(
      fc.property(uneven, ({ calls, slots, windowMs }) => {
        const phasesMs = Array.from({ length: slots }, () => 0);
        const extraMs = phasesMs.map(() => Array.from({ length: calls }, () => 0));
        const inStep = { calls, slots, windowMs, jitterMs: 0, phasesMs, extraMs, delayRatios: [0] };

        const naive = mostInAnyWindow(arrivalsMs(inStep, (slots * windowMs) / calls), windowMs);
        const ours = mostInAnyWindow(arrivalsMs(inStep, holdMs([inStep], slots, 0)), windowMs);

        expect(naive).toBeGreaterThan(calls);
        expect(ours).toBeLessThanOrEqual(calls);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
