import { bestOf, candidates } from '../../../../lambdas/core/planning/choose-slots.js';
import { limitUsedRatio } from '../../../../lambdas/core/planning/limit-use.js';
import type { SlotOption } from '../../../../lambdas/core/planning/slot-option.js';

const anApi = (calls: number) => ({
  limits: [{ calls, windowMs: 60_000 }],
  latency: { p50Ms: 300, p99Ms: 1_500 },
  arrivalJitterMs: 30,
  slotBudgetMs: 60_000,
});

function anOption(slots: number, limitUsedRatio: number, highP99Ms: number): SlotOption {
  const waits = {
    HIGH: { p50Ms: highP99Ms / 3, p99Ms: highP99Ms, grows: false },
    NORMAL: undefined,
    BATCH: undefined,
  };
  const usage = {
    calls: 0,
    sqsRequests: 0,
    invocations: 0,
    slotSeconds: 0,
    tableReads: 0,
    tableWrites: 0,
    sweeps: 0,
  };
  return {
    slots,
    limitUsedRatio,
    holdMs: 1_000,
    capacityPerSecond: 1,
    drainMs: 0,
    waits: { duringBatch: waits, withoutBatch: waits },
    usage,
    usdPerMillionCalls: 1,
  };
}

describe('the best number of slots', () => {
  it('is the least of those that use as much of the limit and let HIGH wait as little', () => {
    const options = [
      anOption(1, 0.9, 900),
      anOption(2, 0.985, 1_000),
      anOption(4, 0.99, 1_050),
      anOption(5, 1, 980),
    ];

    expect(bestOf(options).slots).toBe(2);
  });

  it('is not one that leaves more than two points of the limit unused', () => {
    expect(bestOf([anOption(1, 0.97, 100), anOption(2, 0.995, 1_000)]).slots).toBe(2);
  });

  it('is one that leaves just two points unused, and lets HIGH wait just a tenth longer', () => {
    expect(bestOf([anOption(1, 0.98, 1_100), anOption(2, 1, 1_000)]).slots).toBe(1);
  });

  it('is the least whatever the order in which they come', () => {
    expect(bestOf([anOption(4, 1, 1_000), anOption(2, 1, 1_000), anOption(3, 1, 1_000)]).slots).toBe(2);
  });

  it('is the least of the good ones where nothing is HIGH', () => {
    const withoutHigh = (slots: number) => {
      const option = anOption(slots, 1, 0);
      const waits = { HIGH: undefined, NORMAL: undefined, BATCH: undefined };
      return { ...option, waits: { duringBatch: waits, withoutBatch: waits } };
    };

    expect(bestOf([withoutHigh(2), withoutHigh(4)]).slots).toBe(2);
  });

  it('is not one that lets HIGH wait a tenth longer', () => {
    expect(bestOf([anOption(2, 0.99, 2_000), anOption(4, 0.99, 1_000)]).slots).toBe(4);
  });
});

describe('the numbers of slots that are compared', () => {
  it('divide the limit, and begin one below the first that uses most of it', () => {
    const slots = candidates(anApi(100), undefined).map((candidate) => candidate.slots);

    expect(slots).toEqual([1, 2, 4, 5, 10, 20]);
  });

  it('are all of them where the fewest are good already, up to six', () => {
    const slots = candidates({ ...anApi(100), latency: { p50Ms: 20, p99Ms: 60 } }, undefined);

    expect(slots.map((candidate) => candidate.slots)).toEqual([1, 2, 4, 5, 10]);
  });

  it('are the whole cap alone where only calls in flight are limited', () => {
    expect(candidates({ ...anApi(1), limits: [] }, 7)).toEqual([{ slots: 7, limitUsedRatio: 1 }]);
  });

  it('are never more than a configuration may have', () => {
    const slots = candidates({ ...anApi(3_600), latency: { p50Ms: 30_000, p99Ms: 30_000 } }, undefined);

    expect(slots.at(-1)?.slots).toBe(900);
  });

  it('divide one of several limits at least', () => {
    const limits = [
      { calls: 9, windowMs: 1_000 },
      { calls: 8, windowMs: 1_000 },
    ];
    const slots = candidates({ ...anApi(1), limits }, undefined).map((candidate) => candidate.slots);

    expect(slots.every((count) => 9 % count === 0 || 8 % count === 0)).toBe(true);
    expect(slots.at(-1)).toBe(8);
  });

  it('come with the share of the limit that they use', () => {
    for (const { slots, limitUsedRatio: used } of candidates(anApi(100), undefined))
      expect(used).toBe(limitUsedRatio(anApi(100), slots));
  });

  it('end with the API’s own cap', () => {
    expect(candidates(anApi(100), 3).map((candidate) => candidate.slots)).toEqual([1, 2, 3]);
  });
});

describe('the numbers of slots that come into question', () => {
  it('divide one of several limits, which leaves nothing of that one unused', () => {
    const limits = [
      { calls: 12, windowMs: 1_000 },
      { calls: 500, windowMs: 60_000 },
    ];
    const slots = candidates({ ...anApi(12), limits }, undefined).map((candidate) => candidate.slots);

    expect(slots).toEqual([6, 10, 12]);
  });
});
