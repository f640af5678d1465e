import { capacityPlan } from '../../../../lambdas/core/planning/capacity-plan.js';
import {
  type MonthlyUsage,
  monthlyUsage,
  type UsageQuestion,
} from '../../../../lambdas/core/planning/monthly-usage.js';
import { aDemand, aPlanInput } from '../../../support/a-plan-input.js';

const HOUR_MS = 3_600_000;
const NOTHING = aDemand({ high: 0, normal: 0, batch: 0 });

/** Two slots, a call of each every second, and budgets of a minute. */
function aMonth(more: Partial<UsageQuestion> = {}): MonthlyUsage {
  return monthlyUsage({
    ...{ demand: NOTHING, slots: 2, meanCycleMs: 1_000, slotBudgetMs: 60_000, drainMs: 0 },
    receivesPerCall: { duringBatch: 1.5, withoutBatch: 2 },
    ...more,
  });
}

const toBeAbout = (usage: MonthlyUsage) =>
  Object.fromEntries(
    Object.entries(usage).map(([name, units]) => [name, expect.closeTo(Number(units), 3) as number]),
  );

// A month has 730 hours: 2,628,000 seconds, 43,800 minutes and 30.4 nights.
describe('what a month uses', () => {
  it('without a call, is what the sweeper, its slots and an idle mapping ask for', () => {
    expect(aMonth()).toEqual(
      toBeAbout({
        calls: 0,
        sweeps: 43_800,
        invocations: 43_800,
        slotSeconds: 43_800 * 1.1,
        // Each slot looks at three queues, polls long and looks again; then bells, and the mapping's 15 asks a minute.
        sqsRequests: 43_800 * 6 + (43_800 + 9_636) + (15 * 43_800 + 5_343.6) + 43_800,
        // Each slot reads the control record, then the records of others; while it works, once a second and at renewals.
        tableReads: 43_800 + (43_800 + 4_818) + 48_180,
        tableWrites: 3 * 43_800 + 4_818,
      }),
    );
  });

  it('with ten hours of BATCH each night, is all slots all that time', () => {
    const demand = aDemand({ high: 0, normal: 0, batch: 72_000 });
    const busy = 2 * 1_095_000;
    const quietSlots = 25_550;
    const slotSeconds = busy + quietSlots * 1.1;
    const invocations = busy / 60 + quietSlots;
    const bells = 2_190_000 + 43_800 + slotSeconds / 5;

    expect(aMonth({ demand, drainMs: 10 * HOUR_MS })).toEqual(
      toBeAbout({
        ...{ calls: 2_190_000, sweeps: 43_800, invocations, slotSeconds },
        sqsRequests:
          2 * 2_190_000 +
          1.5 * 2_190_000 +
          6 * quietSlots +
          bells +
          (15 * quietSlots + bells / 10) +
          invocations,
        tableReads: invocations + (invocations + slotSeconds / 10) + slotSeconds,
        tableWrites: 3 * invocations + slotSeconds / 10,
      }),
    );
  });

  it('with calls that come one by one, is a slot for each of them', () => {
    const demand = aDemand({ high: 0.02, normal: 0.08, batch: 0 });
    const calls = 262_800;
    const slotSeconds = calls * 2.1 + 43_800 * 1.1;
    const invocations = calls + 43_800;
    const bells = calls + 43_800 + slotSeconds / 5;

    expect(aMonth({ demand })).toEqual(
      toBeAbout({
        ...{ calls, sweeps: 43_800, invocations, slotSeconds },
        sqsRequests:
          2 * calls + 2 * calls + 3 * invocations + 3 * 43_800 + bells + (657_000 + bells / 10) + invocations,
        tableReads: invocations + (invocations + slotSeconds / 10) + slotSeconds,
        tableWrites: 3 * invocations + slotSeconds / 10,
      }),
    );
  });

  it('with more calls than the slots can take one by one, is no more than all slots all the time', () => {
    const demand = aDemand({ high: 1, normal: 1, batch: 0 });

    const { slotSeconds, invocations, calls } = aMonth({ demand });

    expect([slotSeconds, calls]).toEqual([2 * 2_628_000, 2 * 2_628_000]);
    // Most bells find every slot at work.
    expect(invocations).toBeCloseTo((calls + 43_800) * (slotSeconds / (calls * 2.1 + 43_800 * 1.1)), 3);
  });

  it('with calls that fill the slots, is a start for each budget at least', () => {
    const demand = aDemand({ high: 0.05, normal: 0, batch: 0 });

    const { invocations, slotSeconds } = aMonth({ demand, meanCycleMs: 600_000, slotBudgetMs: 1_500 });

    expect(invocations).toBeCloseTo(slotSeconds / 1.5, 3);
  });

  it('counts the calls that come while BATCH is served as such', () => {
    const demand = aDemand({ high: 0.5, normal: 0.5, batch: 72_000 });

    const day = { demand, drainMs: 24 * HOUR_MS };
    const { sqsRequests: one } = aMonth({ ...day, receivesPerCall: { duringBatch: 1, withoutBatch: 9 } });
    const { sqsRequests: two, calls } = aMonth({
      ...day,
      receivesPerCall: { duringBatch: 2, withoutBatch: 9 },
    });

    expect(calls).toBeCloseTo(2_628_000 + 2_190_000, 3);
    expect(two - one).toBeCloseTo(calls, 3);
  });

  it('reads the records of other slots twenty at a time', () => {
    const readsOf = (slots: number) => aMonth({ slots }).tableReads;

    expect(readsOf(19)).toBe(readsOf(1));
    expect(readsOf(20) - readsOf(19)).toBeCloseTo(43_800 + 4_818, 3);
  });

  it('has no quiet time where BATCH is never done, and a bill all the same', () => {
    const demand = aDemand({ high: 0, normal: 0, batch: 400_000 });

    const { chosen, totals } = capacityPlan(aPlanInput({ slots: 2, demand }));

    expect(chosen.usage.slotSeconds).toBeCloseTo(2 * 2_628_000, 3);
    expect(chosen.usage.invocations).toBeCloseTo((2 * 2_628_000) / 60, 3);
    expect(totals.operation.usdPerMonth).toBeGreaterThan(10);
  });
});
