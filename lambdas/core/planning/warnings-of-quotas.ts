import { quotaLimits } from '../config/limit-kinds.js';
import type { PlanInput } from './plan-input.js';
import { callsAskedFor, usableCalls } from './quota-use.js';
import { durationText, numberText, perSecondText } from './words.js';

/** Quotas that the demand of one window exceeds; those that renew within a night bound the capacity instead. */
export function quotaWarnings({ limits, demand, nightMs }: PlanInput): readonly string[] {
  return quotaLimits(limits)
    .filter(({ windowMs }) => windowMs > nightMs)
    .flatMap((quota) => {
      const { calls, windowMs } = quota;
      const asked = callsAskedFor(demand, windowMs);
      const usable = usableCalls(quota);
      if (asked <= usable) return [];
      const { HIGH, NORMAL, BATCH } = demand;
      const window = durationText(windowMs);
      return [
        `The demand exceeds the quota of ${numberText(calls)} calls per ${window}: HIGH ${perSecondText(HIGH.callsPerSecond)}, NORMAL ${perSecondText(NORMAL.callsPerSecond)} and BATCH ${numberText(BATCH.callsPerNight)} a night ask for ${numberText(Math.ceil(asked))} calls in ${window}, of which ${numberText(usable)} can be made, because the quota is counted 2 % too strictly. While it is spent every class waits, HIGH too. Ask for a higher quota, or send less.`,
      ];
    });
}
