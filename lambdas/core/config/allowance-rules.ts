import { PRIORITIES, type Priority } from '../contracts/priority.js';
import type { OrchestratorConfig } from './orchestrator-config.js';
import { keepsOrder } from './ordering.js';
import type { ConfigCheck } from './parse-config.js';
import { type TenantAllowance, tenantBound } from './tenant-allowance.js';
import { timingsOf } from './timings.js';

/** What exceeds an allowance goes to another queue, and there is no order between two queues. */
function orderNeedsOneQueue(config: OrchestratorConfig): readonly string[] {
  if (!keepsOrder(config)) return [];
  return PRIORITIES.filter((priority) => config.priorities[priority].tenantAllowance !== undefined).map(
    (priority) =>
      `ordering: calls of one key would lose their order in the two queues that priorities.${priority}.tenantAllowance makes; remove one of them`,
  );
}

/** Where the limits themselves set no pace, or leave slots without a call, nobody knows what an allowance is a part of. */
function allowancesLeaveRoom(config: OrchestratorConfig): readonly string[] {
  const { holdMs } = timingsOf(config);
  if (holdMs === 0 || !Number.isFinite(holdMs)) return [];
  const callsPerSecond = (config.slots * 1_000) / holdMs;
  return PRIORITIES.flatMap((priority) => {
    const { tenantAllowance } = config.priorities[priority];
    return tenantAllowance === undefined ? [] : faultsOf(config, priority, tenantAllowance, callsPerSecond);
  });
}

/** With a single tenant, and with all calls of its class, so that no larger number of either is any better. */
function faultsOf(
  { priorities }: OrchestratorConfig,
  priority: Priority,
  allowance: TenantAllowance,
  callsPerSecond: number,
): readonly string[] {
  const { calls, windowSeconds } = allowance;
  const named = `priorities.${priority}.tenantAllowance: ${calls} calls in ${windowSeconds} s`;
  const bound = tenantBound(allowance, { tenants: 1, callsPerSecond });
  if (bound === undefined) {
    const most = Math.floor(callsPerSecond * windowSeconds * (1 - allowance.overflowShareRatio));
    return [
      `${named} exceed the ${most} that the limits leave beside the overflow's share; allow a part of that`,
    ];
  }
  const { ageObjectiveSeconds } = priorities[priority];
  const waitSeconds = Math.ceil(bound.waitMsMax / 1_000);
  if (waitSeconds <= ageObjectiveSeconds) return [];
  return [
    `${named} keep others waiting for ${waitSeconds} s, beyond ageObjectiveSeconds ${ageObjectiveSeconds}; allow fewer in a shorter window`,
  ];
}

/**
 * Whether allowances for tenants fit what surrounds them. Checked before a stack is synthesized, and not again by the
 * worker, whose code is loaded at each cold start.
 */
export const ALLOWANCE_CHECKS: readonly ConfigCheck[] = [allowancesLeaveRoom, orderNeedsOneQueue];
