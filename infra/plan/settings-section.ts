import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import type { CapacityPlan } from '../../lambdas/core/planning/plan.js';
import type { Settings } from '../../lambdas/core/planning/settings.js';
import { columns } from './columns.js';

type Row = readonly [name: string, unit: string, of: (settings: Settings) => number];

/** Written in cdk.json. */
const TO_SET: readonly Row[] = [
  ['slots', '', ({ slots }) => slots],
  ['operations.*.timeoutMs', 'ms', ({ operationTimeoutMs }) => operationTimeoutMs],
  ['serviceTimeMaxMs', 'ms', ({ serviceTimeMaxMs }) => serviceTimeMaxMs],
  ['slotBudgetMs', 'ms', ({ slotBudgetMs }) => slotBudgetMs],
  ...PRIORITIES.flatMap((priority): Row[] => [
    [
      `priorities.${priority}.taskTimeoutSeconds`,
      's',
      ({ priorities }) => priorities[priority].taskTimeoutSeconds,
    ],
    [
      `priorities.${priority}.ageObjectiveSeconds`,
      's',
      ({ priorities }) => priorities[priority].ageObjectiveSeconds,
    ],
    [`priorities.${priority}.minShareRatio`, '', ({ priorities }) => priorities[priority].minShareRatio],
  ]),
];

/** Derived by the stack. */
const FOLLOWS: readonly Row[] = [
  ['hold', 'ms', ({ holdMs }) => holdMs],
  ['visibility of the priority queues', 's', ({ visibilityTimeoutSeconds }) => visibilityTimeoutSeconds],
  ['timeout of the worker', 's', ({ functionTimeoutSeconds }) => functionTimeoutSeconds],
  ['visibility of the doorbell', 's', ({ doorbellVisibilitySeconds }) => doorbellVisibilitySeconds],
];

/** What to write into the configuration, and what the stack makes of it. */
export function settingsSection({ recommended, configured }: CapacityPlan): string[] {
  const cells = ([name, unit, of]: Row) => [
    name,
    unit,
    String(of(recommended)),
    ...(configured === undefined ? [] : [String(of(configured))]),
  ];
  const head = ['', '', 'recommended', ...(configured === undefined ? [] : ['configured'])];
  return [
    `Settings for ${recommended.slots} slots: age objectives are alarm thresholds; the last four follow from the rest`,
    ...columns([head, ...[...TO_SET, ...FOLLOWS].map(cells)]),
  ];
}
