import { METRICS } from '../../../../lambdas/core/contracts/metrics.js';
import { ALARM_METRICS } from '../../../../lambdas/core/planning/bill.js';
import { capacityPlan } from '../../../../lambdas/core/planning/capacity-plan.js';
import type { CapacityPlan } from '../../../../lambdas/core/planning/plan.js';
import { PRICES } from '../../../../lambdas/core/planning/prices.js';
import { aConfig } from '../../../support/a-config.js';
import { aDemand, aPlanInput } from '../../../support/a-plan-input.js';

const aBill = (more: Parameters<typeof aPlanInput>[0] = {}) =>
  capacityPlan(aPlanInput({ slots: 2, callsSimulated: 20, ...more }));

describe('the bill', () => {
  let plan: CapacityPlan;

  beforeEach(() => {
    plan = aBill();
  });

  it('charges a dollar figure for a million calls that is the month’s over the calls', () => {
    for (const { usdPerMonth, usdPerMillionCalls } of plan.bill)
      expect(usdPerMillionCalls).toBeCloseTo((usdPerMonth / plan.chosen.usage.calls) * 1e6, 9);
  });

  it('names AWS’s own page for each price', () => {
    for (const { source } of Object.values(PRICES))
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/$/);
  });

  it('charges 25 dollars per million for each state transition of a call', () => {
    expect(plan.totals.transitions.usdPerMillionCalls).toBeCloseTo(75, 9);
    expect(aBill({ transitionsPerCall: 1 }).totals.transitions.usdPerMillionCalls).toBeCloseTo(25, 9);
  });

  it('keeps the ledger and observability out of what every call needs', () => {
    const operation = plan.bill.filter(({ group }) => group === 'operation').map(({ service }) => service);

    expect(new Set(operation)).toEqual(new Set(['SQS', 'Lambda', 'DynamoDB', 'EventBridge']));
    expect(plan.totals.once.usdPerMillionCalls).toBeCloseTo(1.25, 9);
  });

  it('counts each metric once for every value of its dimensions', () => {
    const metrics = plan.bill.find(({ item }) => item === 'custom metrics')?.unitsPerMonth ?? 0;
    const names = Object.keys(METRICS).length;

    expect(metrics).toBeGreaterThan(names);
    expect(metrics).toBeLessThan(3 * names);
  });

  it('charges for alarms, unless the configuration switches them off', () => {
    const alarms = (configured = aConfig()) =>
      aBill({ configured })
        .bill.filter(({ item }) => item.includes('alarm'))
        .reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0);

    expect(alarms()).toBeCloseTo(ALARM_METRICS * 0.1 + 0.5, 9);
    expect(alarms(aConfig({ alarms: { enabled: false } }))).toBe(0);
  });

  it('charges less than a dollar for a month without a call', () => {
    expect(plan.totals.idle.usdPerMonth).toBeLessThan(1);
    expect(plan.totals.idle.usdPerMonth).toBeGreaterThan(0.1);
  });

  it('charges Lambda for all slots all the time while BATCH is served', () => {
    const { usage, drainMs } = aBill({ demand: aDemand({ high: 0, normal: 0, batch: 40_000 }) }).chosen;
    const busySeconds = ((drainMs / 1_000) * 730) / 24;

    expect(usage.slotSeconds / (2 * busySeconds)).toBeGreaterThanOrEqual(1);
    expect(usage.slotSeconds / (2 * busySeconds)).toBeLessThan(1.1);
  });

  it('costs half as much time with half the memory', () => {
    const gbSeconds = (memoryMb: number) =>
      aBill({ memoryMb }).bill.find(({ item }) => item.startsWith('GB-seconds'))?.usdPerMonth ?? 0;

    expect(gbSeconds(256)).toBeCloseTo(gbSeconds(512) / 2, 9);
  });
});
