import { holdMs } from '../../../../lambdas/core/pacing/hold.js';
import { Night } from '../../../../lambdas/core/planning/night.js';
import {
  type WaitsQuestion,
  waitsDuringBatch,
  waitsWithoutBatch,
} from '../../../../lambdas/core/planning/predicted-waits.js';
import { seededRandom } from '../../../../lambdas/core/planning/seeded-random.js';
import { idleUsage, longerWaits, optionOf } from '../../../../lambdas/core/planning/slot-option.js';
import { aConfig } from '../../../support/a-config.js';
import { aDemand, aPlanInput } from '../../../support/a-plan-input.js';

const HOUR_MS = 3_600_000;

/** Two calls a second with four slots, for a night of eight hours. */
function aQuestion({ HIGH = 0, NORMAL = 0, batch = 0, slotBudgetMs = 60_000 } = {}): WaitsQuestion {
  const setup = {
    slots: 4,
    holdMs: 2_000,
    latency: { p50Ms: 100, p99Ms: 300 },
    minShares: { HIGH: 0.5, NORMAL: 0.05, BATCH: 0.05 },
    arrivalsPerSecond: { HIGH, NORMAL },
    batchMessages: batch,
    slotBudgetMs,
    livenessAfterMs: 5_000,
    lingerMs: 1_000,
  };
  const night = new Night({ ...setup, capacityPerSecond: 2 });
  return { setup, capacityPerSecond: 2, night, nightMs: 8 * HOUR_MS, callsSimulated: 500 };
}

const duringBatch = (more: Parameters<typeof aQuestion>[0]) =>
  waitsDuringBatch(aQuestion(more), seededRandom(1));
const withoutBatch = (more: Parameters<typeof aQuestion>[0]) =>
  waitsWithoutBatch(aQuestion(more), seededRandom(1));

describe('the predicted wait of BATCH', () => {
  it('is half of its drain for one message in two, and nearly all of it for one in a hundred', () => {
    // One call a second is left to it.
    expect(duringBatch({ HIGH: 1, batch: 3_600 }).waits.BATCH).toEqual({
      p50Ms: expect.closeTo(0.5 * HOUR_MS, 3) as number,
      p99Ms: expect.closeTo(0.99 * HOUR_MS, 3) as number,
      grows: false,
    });
  });

  it('grows where it is never done', () => {
    const question = aQuestion({ HIGH: 2, batch: 100 });
    const setup = { ...question.setup, minShares: { HIGH: 0.5, NORMAL: 0, BATCH: 0 } };
    const night = new Night({ ...setup, capacityPerSecond: 2 });

    const { waits } = waitsDuringBatch({ ...question, setup, night }, seededRandom(1));

    expect(waits.BATCH).toEqual({ p50Ms: Infinity, p99Ms: Infinity, grows: true });
  });

  it('is nothing to tell without BATCH', () => {
    expect(withoutBatch({ HIGH: 1, batch: 3_600 }).waits.BATCH).toBeUndefined();
  });
});

describe('the predicted wait of a class', () => {
  it('that nothing comes for is not told', () => {
    expect(withoutBatch({ HIGH: 1 }).waits.NORMAL).toBeUndefined();
    expect(duringBatch({ NORMAL: 0.5, batch: 3_600 }).waits.HIGH).toBeUndefined();
  });

  it('that is served more than it asks for does not grow, and differs from message to message', () => {
    const { HIGH } = withoutBatch({ HIGH: 1 }).waits;

    expect(HIGH?.grows).toBe(false);
    expect(HIGH?.p99Ms).toBeGreaterThan(1.5 * (HIGH?.p50Ms ?? Infinity));
    expect(HIGH?.p50Ms).toBeGreaterThan(10);
    expect(HIGH?.p99Ms).toBeLessThan(10_000);
  });

  it('that asks for more than it is served is what has piled up by the end of the night', () => {
    // 1.5 a second come for what HIGH leaves of 2: 14,400 are left after eight hours, and take four more.
    expect(withoutBatch({ HIGH: 1, NORMAL: 1.5 }).waits.NORMAL).toEqual({
      p50Ms: expect.closeTo(4 * HOUR_MS, 3) as number,
      p99Ms: expect.closeTo(4 * HOUR_MS, 3) as number,
      grows: true,
    });
  });

  it('that asks for more while BATCH is served is what has piled up by the end of that', () => {
    const { NORMAL } = duringBatch({ NORMAL: 2, HIGH: 0, batch: 100 }).waits;

    // 100 messages at a twentieth of 2 a second last 1,000 s; 0.1 a second pile up, and 1.9 are served.
    expect(NORMAL).toMatchObject({ grows: true });
    expect(NORMAL?.p99Ms).toBeCloseTo((100 / 1.9) * 1_000, 0);
  });

  it('that is not served at all has no end', () => {
    const question = aQuestion({ HIGH: 2, NORMAL: 0.5 });
    const setup = { ...question.setup, minShares: { HIGH: 0.5, NORMAL: 0, BATCH: 0 } };

    const { waits } = waitsWithoutBatch({ ...question, setup }, seededRandom(1));

    expect(waits.NORMAL?.grows).toBe(true);
    expect(waits.NORMAL?.p99Ms).toBeGreaterThan(1e15);
  });
});

describe('the predicted receives of a call', () => {
  it('are a look at each queue where only BATCH waits, and fewer for its own turns', () => {
    const { receivesPerCall } = duringBatch({ batch: 3_600 });

    // One turn in twenty is its own, and one is NORMAL's: 1 or 3 looks.
    expect(receivesPerCall).toBeGreaterThan(2.7);
    expect(receivesPerCall).toBeLessThan(3);
  });

  it('are none without a call', () => {
    expect(withoutBatch({}).receivesPerCall).toBe(0);
  });
});

describe('a number of slots', () => {
  const input = aPlanInput({ demand: aDemand({ batch: 0 }) });

  it('has no waits during BATCH where there is none', () => {
    const { waits, drainMs } = optionOf(input, 2);

    expect(waits.duringBatch).toEqual({ HIGH: undefined, NORMAL: undefined, BATCH: undefined });
    expect(waits.withoutBatch.HIGH?.p99Ms).toBeGreaterThan(0);
    expect(drainMs).toBe(0);
  });

  it('holds as the pacing does, and drains BATCH with what the others leave', () => {
    const option = optionOf(aPlanInput(), 2);

    expect(option.holdMs).toBe(holdMs([{ calls: 100, windowMs: 60_000 }], 2, 30));
    expect(option.drainMs).toBeCloseTo((5_000 / (option.capacityPerSecond - 0.7)) * 1_000, 3);
  });

  it('answers sooner to HIGH where the configuration lets slots linger', () => {
    const wait = (lingerSeconds: number) =>
      optionOf(
        aPlanInput({
          demand: aDemand({ high: 0.2, normal: 0, batch: 0 }),
          configured: aConfig({ lingerSeconds, limits: input.limits as never, slots: 2 }),
        }),
        2,
      ).waits.withoutBatch.HIGH?.p50Ms ?? NaN;

    expect(wait(20)).toBeLessThan(0.5 * wait(1));
  });

  it('is judged by the longer of the waits with and without BATCH', () => {
    const wait = (p99Ms: number) => ({ p50Ms: 1, p99Ms, grows: false });
    const waits = {
      duringBatch: { HIGH: wait(5), NORMAL: wait(3), BATCH: wait(9) },
      withoutBatch: { HIGH: wait(4), NORMAL: wait(8), BATCH: undefined },
    };

    expect(longerWaits({ waits })).toEqual({ HIGH: wait(5), NORMAL: wait(8), BATCH: wait(9) });
    expect(
      longerWaits({ waits: { duringBatch: waits.withoutBatch, withoutBatch: waits.duringBatch } }),
    ).toEqual({ HIGH: wait(5), NORMAL: wait(8), BATCH: wait(9) });
  });

  it('costs something without a call, too', () => {
    expect(idleUsage(aPlanInput(), 2)).toMatchObject({ calls: 0, invocations: 43_800 });
  });
});
