import { quotaLimits } from '../../lambdas/core/config/limit-kinds.js';
import type { RunOptions } from './options.js';

/** What a renewal takes beyond the window: the cells that calls are counted in, and the longest life of a permit. */
const CELL_RATIO = 1 / 48;
const PERMIT_MS = 60_000;

/** Says beforehand that a run will be long, because a quota is spent and has to renew: one sentence for each. */
export function quotaWarnings({ calls, limits }: Pick<RunOptions, 'calls' | 'limits'>): readonly string[] {
  return quotaLimits(limits)
    .filter((quota) => calls > quota.calls)
    .map((quota) => {
      const renewals = Math.ceil(calls / quota.calls) - 1;
      const least = minutesText(renewals * quota.windowMs);
      const most = minutesText(renewals * renewalMs(quota.windowMs));
      const times = renewals === 1 ? 'once' : `${renewals} times`;
      return `This takes long: ${calls} calls spend the quota of ${quota.calls} per ${minutesText(quota.windowMs)}, which then has to renew ${times}. Expect ${least} to ${most}, most of it without any call.`;
    });
}

/** The longest that a run with these limits may stand still before a spent quota renews. */
export function longestRenewalMs(limits: RunOptions['limits']): number {
  return Math.max(0, ...quotaLimits(limits).map(({ windowMs }) => renewalMs(windowMs)));
}

function minutesText(durationMs: number): string {
  return `${Math.round(durationMs / 60_000)} min`;
}

function renewalMs(windowMs: number): number {
  return windowMs * (1 + CELL_RATIO) + PERMIT_MS;
}
