import type { Fault } from './faults.js';
import type { Sabotage, Scenario } from './scenario.js';
import {
  comingBackAtOnce,
  countedAtOnce,
  evenlySpaced,
  impatient,
  jumbled,
  overflowsFirst,
  QUOTA_MS,
  reversed,
  startedInThisWindow,
  unconditional,
  withBook,
  withoutOverflowShares,
  withGate,
  withOthers,
  withoutCompareAndSet,
} from './sabotages.js';
import type { WorkloadName } from './workloads.js';

/** One thing taken away from the product, and the world in which that must show. */
export interface Mutation {
  readonly name: string;
  readonly sabotage: Sabotage;
  readonly workload: WorkloadName;
  readonly faults: readonly Fault[];
  readonly slots: number;
  /** The legacy API asks for fewer calls there, so that unused slots prove nothing. */
  readonly slowsDown?: boolean;
  /** Where the default limit or latency would not show it. */
  readonly limits?: Scenario['limits'];
  readonly latency?: Scenario['latency'];
}

const QUOTA_LIMITS: Scenario['limits'] = [
  { calls: 20, windowMs: 2_000 },
  { calls: 300, windowMs: QUOTA_MS },
];

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the hold removed',
    sabotage: { config: (config) => ({ ...config, limits: [] }) },
    workload: 'batch-only',
    faults: [],
    slots: 5,
  },
  {
    name: 'C * W / N in place of W / floor(N / C)',
    sabotage: { config: evenlySpaced },
    workload: 'batch-only',
    faults: [],
    slots: 5,
    limits: [{ calls: 18, windowMs: 2_000 }],
  },
  {
    name: 'slot records ignored',
    sabotage: { ports: (ports) => withOthers(ports, () => []) },
    workload: 'batch-only',
    faults: ['crash'],
    slots: 5,
    limits: [{ calls: 5, windowMs: 3_000 }],
  },
  {
    name: 'the pace of older slots forgotten',
    sabotage: {
      ports: (ports) =>
        withOthers(ports, (others, own) => others.map((other) => ({ ...other, pace: own.pace }))),
    },
    workload: 'batch-only',
    faults: ['redeploy', 'limit-change'],
    slots: 5,
  },
  {
    name: 'quotas counted in fixed windows in place of sliding ones',
    sabotage: { ports: (ports) => withBook(ports, (book) => startedInThisWindow(book, ports.clock.nowMs())) },
    workload: 'batch-only',
    faults: [],
    slots: 5,
    limits: QUOTA_LIMITS,
  },
  {
    name: 'permits that count from their reservation, whenever they are used',
    sabotage: { ports: (ports) => withBook(ports, countedAtOnce) },
    workload: 'batch-only',
    faults: [],
    slots: 5,
    limits: QUOTA_LIMITS,
  },
  {
    name: 'a quota book that anybody may overwrite',
    sabotage: { ports: unconditional },
    workload: 'batch-only',
    faults: [],
    slots: 5,
    limits: QUOTA_LIMITS,
  },
  {
    name: 'slots that never ring again',
    sabotage: { ports: (ports) => ({ ...ports, doorbell: { ring: () => Promise.resolve() } }) },
    workload: 'batch-only',
    faults: [],
    slots: 5,
  },
  {
    name: 'no sweeper',
    sabotage: { withoutSweeper: true },
    workload: 'idle-high',
    faults: ['lost-event'],
    slots: 5,
  },
  {
    name: 'a ledger that remembers nothing',
    sabotage: {
      ports: (ports) => ({
        ...ports,
        ledger: { read: () => Promise.resolve(undefined), change: () => Promise.resolve(true) },
      }),
    },
    workload: 'batch-only',
    faults: ['crash', 'duplicate'],
    slots: 5,
  },
  {
    name: 'lookups that do not wait until the call has ended',
    sabotage: { ports: impatient },
    workload: 'outage',
    faults: [],
    slots: 5,
    latency: { medianMs: 6_000, p99Ms: 9_900 },
    slowsDown: true,
  },
  {
    name: 'no dead-letter function',
    sabotage: { withoutDeadLetterFunction: true },
    workload: 'batch-only',
    faults: ['crash', 'dead-letter'],
    slots: 5,
  },
  {
    name: 'a gate that each slot keeps to itself',
    sabotage: { ports: (ports) => withGate(ports, (gate) => ({ ...gate, gateUntilMs: 0 })) },
    workload: 'nightly-batch',
    faults: ['429'],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'the full rate at once when the gate opens',
    sabotage: { ports: (ports) => withGate(ports, (gate) => ({ ...gate, slowdown: undefined })) },
    workload: 'nightly-batch',
    faults: ['429'],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'the breaker ignored',
    sabotage: { ports: (ports) => withGate(ports, (gate) => ({ ...gate, breaker: undefined })) },
    workload: 'outage',
    faults: [],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'a probe that every slot believes to have claimed',
    sabotage: { ports: withoutCompareAndSet },
    workload: 'outage',
    faults: [],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'messages that do not say whose they are',
    sabotage: { withoutMessageGroups: true },
    workload: 'tenant-flood',
    faults: [],
    slots: 5,
  },
  {
    name: 'calls of tenants that nobody counts',
    sabotage: { withoutTenantCounts: true },
    workload: 'tenant-allowance',
    faults: [],
    slots: 1,
  },
  {
    name: 'overflows asked before the queues of their classes',
    sabotage: { ports: overflowsFirst },
    workload: 'tenant-allowance',
    faults: [],
    slots: 5,
  },
  {
    name: 'overflows that nobody asks while their classes have work',
    sabotage: { config: withoutOverflowShares },
    workload: 'tenant-allowance',
    faults: [],
    slots: 10,
  },
  {
    name: 'ordering keys that are no message groups',
    sabotage: { withoutMessageGroups: true },
    workload: 'ordered',
    faults: [],
    slots: 5,
  },
  {
    name: 'messages that were received together, called in any order',
    sabotage: { ports: jumbled },
    workload: 'ordered',
    faults: [],
    slots: 5,
  },
  {
    name: 'a message that comes back while its call may be running',
    sabotage: { ports: comingBackAtOnce },
    workload: 'ordered',
    faults: ['slow-api'],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'maintenance windows ignored',
    sabotage: { config: (config) => ({ ...config, maintenance: [] }) },
    workload: 'maintenance',
    faults: [],
    slots: 5,
    slowsDown: true,
  },
  {
    name: 'the order of the priorities reversed',
    sabotage: { ports: reversed },
    workload: 'nightly-batch',
    faults: [],
    slots: 5,
  },
];
