import type { BillTotal } from '../../lambdas/core/planning/bill.js';
import type { CapacityPlan } from '../../lambdas/core/planning/plan.js';
import { PRICE_REGION } from '../../lambdas/core/planning/prices.js';
import { numberText } from '../../lambdas/core/planning/words.js';
import { columns } from './columns.js';

/** What AWS charges, line by line, and the totals that the design sets targets for. */
export function billSection({ bill, totals, chosen }: CapacityPlan): string[] {
  const rows = bill.map((line) => [
    `${line.service}: ${line.item}`,
    numberText(line.unitsPerMonth),
    dollars(line.usdPerMonth),
    dollars(line.usdPerMillionCalls),
  ]);
  const total = (name: string, { usdPerMonth, usdPerMillionCalls }: BillTotal) => [
    name,
    '',
    dollars(usdPerMonth),
    dollars(usdPerMillionCalls),
  ];
  const head = ['', 'units a month', '$ a month', '$/million calls'];
  const sums = [
    total('= state transitions', totals.transitions),
    total('= all else that calls need', totals.operation),
    total('= observability', totals.observability),
    ['a month without any call', '', dollars(totals.idle.usdPerMonth), ''],
  ];
  return [
    `Cost of ${numberText(chosen.usage.calls)} calls a month in ${PRICE_REGION}, list prices, no free tier taken off`,
    ...columns([head, ...rows, ...sums]),
  ];
}

function dollars(usd: number | undefined): string {
  return usd === undefined ? '-' : usd.toFixed(2);
}
