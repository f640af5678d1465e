import { configFaults } from '../../../../lambdas/core/config/config-rules.js';
import { holdMs } from '../../../../lambdas/core/pacing/hold.js';
import { bill, type BillGroup, totalOf } from '../../../../lambdas/core/planning/bill.js';
import { capacityPlan } from '../../../../lambdas/core/planning/capacity-plan.js';
import type { CapacityPlan } from '../../../../lambdas/core/planning/plan.js';
import { recommendedConfig } from '../../../../lambdas/core/planning/recommended-config.js';
import { longerWaits } from '../../../../lambdas/core/planning/slot-option.js';
import { settingsOf } from '../../../../lambdas/core/planning/settings.js';
import { aConfig } from '../../../support/a-config.js';
import { aDemand, aPlanInput } from '../../../support/a-plan-input.js';

describe('the recommended number of slots', () => {
  it('is 20 for 20 calls a second, answered in 300 ms and rarely in 1.5 s', () => {
    const { best } = capacityPlan(
      aPlanInput({ limits: [{ calls: 20, windowMs: 1_000 }], demand: aDemand({ high: 2, normal: 4 }) }),
    );

    expect(best.slots).toBe(20);
  });

  it('is 2 for 100 calls a minute: more use no more of the limit, cost more and let HIGH wait', () => {
    const { best, options } = capacityPlan(aPlanInput());

    expect(best.slots).toBe(2);
    for (const { slots, usdPerMillionCalls } of options.filter((option) => option.slots > 2))
      expect({ slots, costsMore: (usdPerMillionCalls ?? 0) > (best.usdPerMillionCalls ?? 0) }).toEqual({
        slots,
        costsMore: true,
      });
  });

  it('is none that leaves a slot without a call in a window of the stricter of two limits', () => {
    const limits = [
      { calls: 100, windowMs: 60_000 },
      { calls: 3, windowMs: 1_000 },
    ];
    const { options } = capacityPlan(aPlanInput({ limits, slots: 5 }));

    expect(Math.max(...options.map(({ slots }) => slots))).toBe(3);
  });

  it('never exceeds what the API bears in flight', () => {
    const { options } = capacityPlan(
      aPlanInput({ limits: [{ calls: 20, windowMs: 1_000 }], inFlightMax: 7 }),
    );

    expect(Math.max(...options.map(({ slots }) => slots))).toBeLessThanOrEqual(7);
  });

  it('are those that are given where nothing limits them', () => {
    const { options } = capacityPlan(aPlanInput({ limits: [], inFlightMax: undefined, slots: 5 }));

    expect(options.map(({ slots }) => slots)).toEqual([5]);
  });

  it('is the cap itself where only calls in flight are limited', () => {
    const { best } = capacityPlan(aPlanInput({ limits: [], inFlightMax: 5 }));

    expect(best).toMatchObject({ slots: 5, holdMs: 0 });
  });
});

describe('a capacity plan', () => {
  let plan: CapacityPlan;

  beforeEach(() => {
    plan = capacityPlan(aPlanInput());
  });

  it('holds as long as the pacing does', () => {
    expect(plan.recommended.holdMs).toBe(holdMs(plan.input.limits, plan.chosen.slots, 30));
  });

  it('recommends a configuration that passes every rule', () => {
    const config = recommendedConfig(plan.input, plan.chosen.slots, longerWaits(plan.chosen));

    expect(configFaults(config)).toEqual([]);
  });

  it('leaves every class more time than it is predicted to wait, and alarms later than that', () => {
    for (const priority of ['HIGH', 'NORMAL', 'BATCH'] as const) {
      const waitMs = longerWaits(plan.chosen)[priority]?.p99Ms ?? Infinity;
      const { taskTimeoutSeconds, ageObjectiveSeconds } = plan.recommended.priorities[priority];
      expect(ageObjectiveSeconds * 1_000).toBeGreaterThan(waitMs);
      expect(taskTimeoutSeconds).toBeGreaterThan(ageObjectiveSeconds);
    }
  });

  it('tells the backlog from the arrival of BATCH to the end of the night', () => {
    expect(plan.backlog[0]).toEqual({ atMs: 0, HIGH: 0, NORMAL: 0, BATCH: 5_000 });
    expect(plan.backlog.at(-1)).toEqual({ atMs: 8 * 3_600_000, HIGH: 0, NORMAL: 0, BATCH: 0 });
  });

  it('tells the backlog of a night in 96 even steps', () => {
    const { backlog, chosen, input } = plan;

    expect(backlog).toHaveLength(97);
    expect(backlog[1]?.atMs).toBe(300_000);
    const perSecond = chosen.capacityPerSecond - 0.7;
    expect(backlog[1]?.BATCH).toBeCloseTo(input.demand.BATCH.callsPerNight - 300 * perSecond, 6);
  });

  it('compares numbers of slots each once, fewest first, with those that are given among them', () => {
    const slotsWith = (slots: number) => capacityPlan(aPlanInput({ slots })).options.map((one) => one.slots);

    expect(slotsWith(3)).toEqual([1, 2, 3, 4, 5, 10, 20]);
    expect(slotsWith(20)).toEqual([1, 2, 4, 5, 10, 20]);
    expect(slotsWith(101)).toEqual([1, 2, 4, 5, 10, 20]);
    expect(slotsWith(100)).toEqual([1, 2, 4, 5, 10, 20, 100]);
  });

  it('says what the limit allows', () => {
    expect(plan.limitPerSecond).toBeCloseTo(100 / 60, 9);
  });

  it('shows what is configured beside what it recommends', () => {
    const configured = aConfig({ slots: 3, limits: [{ calls: 100, windowMs: 60_000 }] });

    expect(capacityPlan(aPlanInput({ configured })).configured).toEqual(settingsOf(configured));
    expect(plan.configured).toBeUndefined();
  });

  it('adds up each group of the bill by itself, and idle months without transitions', () => {
    const sumOf = (group: BillGroup) =>
      plan.bill.filter((line) => line.group === group).reduce((sum, line) => sum + line.usdPerMonth, 0);

    for (const group of ['transitions', 'operation', 'observability', 'once'] as const) {
      expect(sumOf(group)).toBeGreaterThan(0);
      expect(plan.totals[group].usdPerMonth).toBeCloseTo(sumOf(group), 9);
    }
    expect(plan.totals.idle.usdPerMonth).toBeLessThan(plan.totals.operation.usdPerMonth);
    expect(plan.totals.idle.usdPerMillionCalls).toBeUndefined();
  });

  it('takes another price for a million calls from each number of slots: what is needed to operate', () => {
    const { usage, usdPerMillionCalls } = plan.chosen;
    const lines = bill({ ...plan.input, usage });

    expect(usdPerMillionCalls).toBe(totalOf(lines, ['operation']).usdPerMillionCalls);
  });

  it('is the same for the same input', () => {
    expect(capacityPlan(aPlanInput())).toEqual(plan);
  });

  it('is about the slots that are given, and names the best beside them', () => {
    const given = capacityPlan(aPlanInput({ slots: 5 }));

    expect([given.chosen.slots, given.best.slots]).toEqual([5, 2]);
  });
});
