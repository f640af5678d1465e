import { capacityPlan } from '../../../../lambdas/core/planning/capacity-plan.js';
import type { PlanInput } from '../../../../lambdas/core/planning/plan-input.js';
import { aDemand, aPlanInput } from '../../../support/a-plan-input.js';

const planWith = (more: Partial<PlanInput>) => capacityPlan(aPlanInput(more));

const FAST = { calls: 20, windowMs: 1_000 };
const perDay = (calls: number) => ({ calls, windowMs: 86_400_000 });
const perHour = (calls: number) => ({ calls, windowMs: 3_600_000 });

describe('a plan for a quota', () => {
  it('chooses slots, hold and capacity by the other limits where the demand of a window fits', () => {
    const demand = aDemand({ high: 0.01, normal: 0.02, batch: 5_000 });
    const without = planWith({ limits: [FAST], demand });

    const plan = planWith({ limits: [FAST, perDay(10_000)], demand });

    expect(plan.warnings).toEqual([]);
    expect(plan.chosen).toEqual(without.chosen);
  });

  it('warns of a demand above it, with its arithmetic', () => {
    const demand = aDemand({ high: 0.02, normal: 0.05, batch: 5_000 });

    const { warnings } = planWith({ limits: [FAST, perDay(10_000)], demand });

    // 0.07/s * 86,400 s + 5,000 = 11,048.
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The demand exceeds the quota of 10,000 calls per 1 d: .* ask for 11,048 calls in 1 d, of which 9,795 can be made/,
      ),
    ]);
  });

  it('is bound by one that renews within the night', () => {
    const demand = aDemand({ high: 0.01, normal: 0.02, batch: 9_000 });

    const plan = planWith({ limits: [FAST, perHour(1_000)], demand });

    expect(plan.chosen.capacityPerSecond).toBeCloseTo(979 / 3_600, 6);
    expect(plan.warnings).toEqual([expect.stringMatching(/^BATCH is not done by morning/)]);
  });

  it('needs no other limit where the slots are given', () => {
    const plan = planWith({
      limits: [perDay(3)],
      slots: 5,
      demand: aDemand({ high: 0, normal: 0, batch: 1 }),
    });

    expect(plan.chosen).toMatchObject({ slots: 5, holdMs: 0, limitUsedRatio: 1 });
  });
});
