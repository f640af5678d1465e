import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { type TenantBound, tenantBound } from '../../lambdas/core/config/tenant-allowance.js';
import { type Lane, overflowOf } from '../../lambdas/core/contracts/lane.js';
import type { Execution } from './execution.js';
import type { Scheduler } from './scheduler.js';
import type { Violations } from './violations.js';
import { TENANTS } from './workloads.js';

export interface TenantCountsParts {
  readonly scheduler: Scheduler;
  readonly config: OrchestratorConfig;
  readonly violations: Violations;
  /** What the slots can do. */
  readonly callsPerSecond: number;
  /** Whether anything is counted. */
  readonly counts: boolean;
  /** Whether the slots can do that all the time: otherwise nothing is promised to anybody. */
  readonly sound: boolean;
}

/** What the workload leaves to NORMAL: HIGH asks for a tenth on average, and BATCH leads a twentieth of the turns. */
const SHARE_OF_NORMAL = 0.8;

/**
 * What a call in flight, a timer and the wake-up may add to the promised wait, in milliseconds; and what short polls
 * that miss let through.
 */
const SLACK_MS = 5_000;

interface Within {
  readonly sentMs: number;
  /** Calls within their allowance that had started until then. */
  readonly startedBefore: number;
}

/**
 * Counts each call of a tenant before its message is sent, as `rate-limited-call` does, and holds its class to what
 * its allowance promises: whoever keeps to it waits behind few calls, and not for long, whatever others ask for.
 */
export class TenantCounts {
  readonly #parts: TenantCountsParts;
  readonly #counts = new Map<string, number>();
  readonly #lanes = new Map<number, Lane>();
  readonly #within = new Map<number, Within>();
  readonly #bound: TenantBound | undefined;
  #started = 0;

  constructor(parts: TenantCountsParts) {
    const { config, callsPerSecond, sound } = parts;
    const { tenantAllowance } = config.priorities.NORMAL;
    this.#parts = parts;
    this.#bound =
      tenantAllowance && sound
        ? tenantBound(tenantAllowance, { tenants: TENANTS, callsPerSecond: SHARE_OF_NORMAL * callsPerSecond })
        : undefined;
    if (tenantAllowance !== undefined && sound && this.#bound === undefined)
      throw new Error('the workload promises nothing to anybody');
  }

  /** Once for each execution: what it repeats goes to the same queue. */
  laneOf({ index, plan }: Execution): Lane {
    const known = this.#lanes.get(index);
    if (known !== undefined) return known;
    const lane = this.#isWithin(plan) ? plan.priority : overflowOf(plan.priority);
    this.#lanes.set(index, lane);
    if (lane === 'NORMAL')
      this.#within.set(index, { sentMs: this.#parts.scheduler.nowMs, startedBefore: this.#started });
    return lane;
  }

  /** A call is made for the first time. */
  callStarted({ index }: Execution): void {
    const within = this.#within.get(index);
    if (within === undefined || this.#bound === undefined) return;
    const { scheduler, violations, config } = this.#parts;
    const ahead = this.#started - within.startedBefore;
    const waitedMs = scheduler.nowMs - within.sentMs;
    this.#started += 1;
    this.#within.delete(index);
    const { callsAheadMax, waitMsMax } = this.#bound;
    if (ahead > callsAheadMax + config.slots)
      violations.add(
        'P3',
        scheduler.nowMs,
        `c${index} let ${ahead} calls go first, at most ${callsAheadMax} may`,
      );
    if (waitedMs > waitMsMax + SLACK_MS)
      violations.add(
        'P3',
        scheduler.nowMs,
        `c${index} waited ${waitedMs} ms within its allowance, ${waitMsMax} is the most`,
      );
  }

  #isWithin({ priority, tenant }: Execution['plan']): boolean {
    const { scheduler, config, counts } = this.#parts;
    const { tenantAllowance } = config.priorities[priority];
    if (tenantAllowance === undefined || tenant === undefined || !counts) return true;
    const window = Math.floor(scheduler.nowMs / (tenantAllowance.windowSeconds * 1_000));
    const key = `${tenant}#${window}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= tenantAllowance.calls;
  }
}
