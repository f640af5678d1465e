import { bill, totalOf } from '../../../../lambdas/core/planning/bill.js';
import { aConfig } from '../../../support/a-config.js';
import type { MonthlyUsage } from '../../../../lambdas/core/planning/monthly-usage.js';

const usage: MonthlyUsage = {
  calls: 1_000_000,
  sqsRequests: 5_000_000,
  invocations: 100_000,
  slotSeconds: 500_000,
  tableReads: 600_000,
  tableWrites: 200_000,
  sweeps: 43_800,
};

let lines: ReturnType<typeof bill>;

beforeEach(() => {
  lines = bill({ usage, memoryMb: 512, transitionsPerCall: 3 });
});

describe('a bill for a million calls', () => {
  it.each([
    ['Step Functions', 'state transitions', 'transitions', 3_000_000, 75],
    ['SQS', 'requests, empty receives and bells too', 'operation', 5_000_000, 2],
    ['Lambda', 'GB-seconds, waiting included', 'operation', 250_000, 3.33335],
    ['Lambda', 'requests', 'operation', 100_000, 0.02],
    ['DynamoDB', 'reads: control and slot records', 'operation', 600_000, 0.075],
    ['DynamoDB', 'writes: slot records', 'operation', 200_000, 0.125],
    ['EventBridge', 'sweeper', 'operation', 43_800, 0.0438],
    // 700 bytes a call, 1,800 an invocation, 400 a slot's second and 1,500 a transition.
    ['CloudWatch', 'logs', 'observability', 5.58, 2.79],
    ['CloudWatch', 'dashboard', 'observability', 1, 3],
    ['CloudWatch', 'alarms, by the metrics they read', 'observability', 33, 3.3],
    ['CloudWatch', 'composite alarm', 'observability', 1, 0.5],
    ['X-Ray', 'traces', 'observability', 55_000, 0.275],
    ['DynamoDB', 'ledger, if every call were once', 'once', 2_000_000, 1.25],
  ])('lists %s: %s under %s', (service, item, group, units, usd) => {
    const [line, ...more] = lines.filter((one) => one.service === service && one.item === item);

    expect(more).toEqual([]);
    expect(line?.group).toBe(group);
    expect(line?.unitsPerMonth).toBeCloseTo(units, 9);
    expect(line?.usdPerMonth).toBeCloseTo(usd, 9);
    expect(line?.unitPriceUsd).toBeCloseTo(usd / units, 12);
  });

  it('lists custom metrics at 30 cents each, and nothing else', () => {
    expect(lines).toHaveLength(14);
    expect(lines.find(({ item }) => item === 'custom metrics')).toMatchObject({
      ...{ service: 'CloudWatch', group: 'observability', unitPriceUsd: 0.3 },
    });
  });

  it('charges more for requests to the FIFO queues of an orchestrator that keeps order', () => {
    const configured = aConfig({ ordering: 'perKey' });
    const ordered = bill({ usage, memoryMb: 512, transitionsPerCall: 3, configured });

    expect(ordered.find(({ service }) => service === 'SQS')?.usdPerMonth).toBeCloseTo(2.5, 9);
  });

  it('charges for what the intake counts, by class, only where there is one', () => {
    const configured = aConfig({ intake: {} });
    const metrics = (of: typeof lines) =>
      of.find(({ item }) => item === 'custom metrics')?.unitsPerMonth ?? 0;

    const withIntake = bill({ usage, memoryMb: 512, transitionsPerCall: 3, configured });

    expect(metrics(withIntake) - metrics(lines)).toBe(6);
  });

  it('adds up to what a month costs, and a million calls', () => {
    const total = totalOf(lines, ['operation']);

    expect(total.usdPerMonth).toBeCloseTo(5.59715, 9);
    expect(total.usdPerMillionCalls).toBeCloseTo(5.59715, 9);
  });

  it('halves for a million where twice as many calls use as much', () => {
    const twice = bill({ usage: { ...usage, calls: 2_000_000 }, memoryMb: 512, transitionsPerCall: 3 });

    expect(totalOf(twice, ['operation']).usdPerMillionCalls).toBeCloseTo(5.59715 / 2, 9);
  });

  it('adds up several groups', () => {
    expect(totalOf(lines, ['transitions', 'once']).usdPerMonth).toBeCloseTo(76.25, 9);
  });

  it('names no price for a million calls where there are none', () => {
    const idle = bill({ usage: { ...usage, calls: 0 }, memoryMb: 512, transitionsPerCall: 3 });

    expect(totalOf(idle, ['operation'])).toEqual({
      usdPerMonth: expect.closeTo(5.59715, 9) as number,
      usdPerMillionCalls: undefined,
    });
  });

  it('charges for alarms where the configuration has them on, and where there is none', () => {
    const alarmsWith = (enabled: boolean) =>
      bill({
        ...{ usage, memoryMb: 512, transitionsPerCall: 3 },
        configured: { alarms: { enabled, runbookUrl: 'docs/runbook.md' } },
      }).filter(({ item }) => item.includes('alarm'));

    expect(alarmsWith(true).map(({ unitsPerMonth }) => unitsPerMonth)).toEqual([33, 1]);
    expect(alarmsWith(false).map(({ unitsPerMonth }) => unitsPerMonth)).toEqual([0, 0]);
  });
});
