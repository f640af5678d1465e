import { type ByPriority, byPriority } from '../../lambdas/core/contracts/priority.js';
import type {
  OrchestratorConfig,
  OrchestratorConfigInput,
} from '../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import type { DeadLetterPorts } from '../../lambdas/core/dead-letters/dead-letter.js';
import { holdMs, type RateLimit } from '../../lambdas/core/pacing/hold.js';
import { pacedLimits, quotaLimits } from '../../lambdas/core/config/limit-kinds.js';
import type { Ports } from '../../lambdas/core/ports.js';
import type { Latency } from './dice.js';
import type { PollerBehaviour } from './event-source-mapping.js';
import type { Fault } from './faults.js';
import type { CrashPlan } from './life.js';
import type { WorkloadName } from './workloads.js';

/** Everything that determines a run: the same scenario gives the same trace. */
export interface Scenario {
  readonly seed: number;
  readonly workload: WorkloadName;
  readonly slots: number;
  /** The legacy API's rate limits; none where only the number of calls in flight is limited. */
  readonly limits: readonly RateLimit[];
  readonly latency: Latency;
  readonly faults: ReadonlySet<Fault>;
  readonly pollers: PollerBehaviour;
  readonly durationMs: number;
  readonly sabotage?: Sabotage;
  /** Kills this one invocation, counted from 1, at this one of its awaits. */
  readonly kill?: CrashPlan & { readonly invocation: number };
  readonly trace?: (atMs: number, what: string) => void;
}

/** What is taken away from the product to prove that the simulator notices. */
export interface Sabotage {
  /** Changes the configuration that the slots serve with; the judge keeps the true one. */
  readonly config?: (config: OrchestratorConfig) => OrchestratorConfig;
  readonly ports?: (ports: Ports) => Ports;
  readonly withoutSweeper?: boolean;
  readonly withoutMessageGroups?: boolean;
  /** Every call counts as one within its tenant's allowance. */
  readonly withoutTenantCounts?: boolean;
  readonly withoutDeadLetterFunction?: boolean;
  readonly deadLetterPorts?: (ports: DeadLetterPorts) => DeadLetterPorts;
}

const WINDOW_MS = 2_000;
const CALLS_PER_SLOT = 4;

/** The longest that the legacy API works on anything, and how long we wait for it. */
export const SERVICE_TIME_MAX_MS = 10_000;
const CALL_TIMEOUT_MS = 8_000;

/** The latency of an API whose rate is not limited. */
const LATENCY_WITHOUT_LIMITS: Latency = { medianMs: 400, p99Ms: 1_000 };

/** How much of the hold the latency takes, where slots and limit are chosen as the planner advises. */
const MEDIAN_OF_HOLD = 0.4;
const P99_OF_HOLD = 0.85;

/** A limit of which each slot's part is four calls in two seconds. */
export function defaultLimits(slots: number): readonly RateLimit[] {
  return [{ calls: CALLS_PER_SLOT * slots, windowMs: WINDOW_MS }];
}

/** A latency that the hold covers. */
export function defaultLatency(limits: readonly RateLimit[], slots: number): Latency {
  const hold = holdMs(pacedLimits(limits), slots, 0);
  if (hold === 0) return LATENCY_WITHOUT_LIMITS;
  return { medianMs: Math.ceil(hold * MEDIAN_OF_HOLD), p99Ms: Math.ceil(hold * P99_OF_HOLD) };
}

/** The configuration that users would write for this API. */
export function configOf(
  slots: number,
  limits: readonly RateLimit[],
  more: Pick<OrchestratorConfigInput, 'maintenance' | 'ordering' | 'priorities'> = {},
): OrchestratorConfig {
  return parseConfig({
    name: 'simulated',
    baseUrl: 'https://legacy.example.com',
    limits,
    slots,
    serviceTimeMaxMs: SERVICE_TIME_MAX_MS,
    ...more,
    operations: {
      getOrder: { path: '/orders', effect: 'idempotent', timeoutMs: CALL_TIMEOUT_MS },
      bookOrder: {
        path: '/bookings',
        effect: 'once',
        timeoutMs: CALL_TIMEOUT_MS,
        lookup: { path: '/bookings' },
      },
      chargeCard: { path: '/charges', effect: 'once', timeoutMs: CALL_TIMEOUT_MS },
    },
  });
}

/** Calls a second that the limits and the latency allow. A quota may be spent at once and renews from then on. */
export function capacityPerSecond({
  slots,
  limits,
  latency,
  durationMs,
}: Pick<Scenario, 'slots' | 'limits' | 'latency' | 'durationMs'>): number {
  const paced = (slots * 1_000) / Math.max(holdMs(pacedLimits(limits), slots, 0), latency.medianMs);
  return Math.min(paced, (quotaRoom(limits, durationMs) * 1_000) / durationMs);
}

/** The most calls that the quotas allow in a period of this length; Infinity without quotas. */
export function quotaRoom(limits: readonly RateLimit[], periodMs: number): number {
  return Math.min(...quotaLimits(limits).map(({ calls, windowMs }) => calls * (1 + periodMs / windowMs)));
}

/** Of the turns of each class, those that its overflow leads; undefined where it has none. */
export function overflowSharesOf({ priorities }: OrchestratorConfig): ByPriority<number | undefined> {
  return byPriority((priority) => priorities[priority].tenantAllowance?.overflowShareRatio);
}

/** The minimum shares of the classes. */
export function sharesOf({ priorities }: OrchestratorConfig): ByPriority<number> {
  return byPriority((priority) => priorities[priority].minShareRatio);
}
