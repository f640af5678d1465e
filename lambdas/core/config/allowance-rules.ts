import { PRIORITIES, type Priority } from '../contracts/priority.js';
import type { OrchestratorConfig } from './orchestrator-config.js';
import { keepsOrder } from './ordering.js';
import type { ConfigCheck } from './parse-config.js';
import { type TenantAllowance, tenantBound } from './tenant-allowance.js';
import { timingsOf } from './timings.js';

/** What exceeds an allowance goes to another queue, and there is no order between two queues. */
export const orderNeedsOneQueue: ConfigCheck = (config) => {
  if (!keepsOrder(config)) return [];
  return PRIORITIES.filter((priority) => config.priorities[priority].tenantAllowance !== undefined).map(
    (priority) =>
      `ordering: calls of one key would lose their order in the two queues that priorities.${priority}.tenantAllowance makes; remove one of them`,
  );
};

/** Where the limits themselves set no pace, or leave slots without a call, nobody knows what an allowance is a part of. */
export const allowancesLeaveRoom: ConfigCheck = (config) => {
  const { holdMs } = timingsOf(config);
  if (holdMs === 0 || !Number.isFinite(holdMs)) return [];
  const callsPerSecond = (config.slots * 1_000) / holdMs;
  return PRIORITIES.flatMap((priority) => {
    const { tenantAllowance } = config.priorities[priority];
    // One that retires promises nothing any more.
    const isInForce = tenantAllowance !== undefined && tenantAllowance.retiring !== true;
    return !isInForce ? [] : faultsOf(config, priority, tenantAllowance, callsPerSecond);
  });
};

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
