import { pacedLimits, quotaLimits } from '../config/limit-kinds.js';
import { type OrchestratorConfig, QUOTA_WINDOW_MAX_MS } from '../config/orchestrator-config.js';
import { counted } from '../contracts/counted.js';
import { limitText, windowText } from '../contracts/limit-text.js';
import { holdMs, type RateLimit } from './hold.js';

type LimitedConfig = Pick<OrchestratorConfig, 'limits' | 'slots' | 'arrivalJitterMs' | 'slotBudgetMs'>;

/**
 * Why slots would refuse these limits in place of the configured ones; undefined where they obey them. Whoever writes
 * the control record asks before, because a slot that reads refused limits makes no call at all.
 */
export function liveLimitsFault(config: LimitedConfig, limits: readonly RateLimit[]): string | undefined {
  const { slots, arrivalJitterMs, slotBudgetMs } = config;
  if (limits.length === 0 && config.limits.length > 0)
    return 'an empty list would remove every limit of the configuration; take the field away to return to them, or name at least one';
  const tooLong = limits.find(({ windowMs }) => windowMs > QUOTA_WINDOW_MAX_MS);
  if (tooLong !== undefined)
    return `a window of ${windowText(tooLong.windowMs)} is longer than the ${windowText(QUOTA_WINDOW_MAX_MS)} for which calls are remembered; use a shorter one`;
  const paced = pacedLimits(limits);
  const tooFew = paced.find(({ calls }) => calls < slots);
  if (tooFew !== undefined)
    return `${limitText(tooFew)} would leave some of the ${slots} slots without a call in a window; allow at least ${slots} calls, or use fewer slots first`;
  const hold = holdMs(paced, slots, arrivalJitterMs);
  if (hold >= slotBudgetMs)
    return `a hold of ${hold} ms for each of ${counted(slots, 'slot')} exceeds their budget of ${slotBudgetMs} ms; allow more calls, or use fewer slots first`;
  return undefined;
}

/**
 * The limits in force once `named` is asked for: paced limits and quotas each replace those of their kind, and a kind
 * of which none is named stays as it is, so that nobody who eases the pace forgets the daily quota.
 */
export function limitsAfter(
  inForce: readonly RateLimit[],
  named: readonly RateLimit[],
): readonly RateLimit[] {
  const [paced, quotas] = [pacedLimits(named), quotaLimits(named)];
  return [
    ...(paced.length > 0 ? paced : pacedLimits(inForce)),
    ...(quotas.length > 0 ? quotas : quotaLimits(inForce)),
  ];
}

/** Whether `limits` let more calls start in some window of the configured ones, of either kind, than that allows. */
export function allowMoreThan(configured: readonly RateLimit[], limits: readonly RateLimit[]): boolean {
  return configured.some(({ calls, windowMs }) => callsMax(limits, windowMs) > calls);
}

/** The most calls that may start in a window of this length: whole windows of a shorter limit lie in it, and a part. */
function callsMax(limits: readonly RateLimit[], windowMs: number): number {
  return Math.min(...limits.map((limit) => limit.calls * Math.ceil(windowMs / limit.windowMs)));
}
