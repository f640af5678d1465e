import type { RateLimit } from '../../lambdas/core/pacing/hold.js';
import { pacedLimits } from '../../lambdas/core/config/limit-kinds.js';
import { changedCalls } from './call-judge.js';
import type { Dice } from './dice.js';
import type { Scheduler } from './scheduler.js';

export interface ChangesParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly slots: number;
  readonly limits: readonly RateLimit[];
  readonly untilMs: number;
  readonly deploy: (slots: number) => void;
  /** Puts the limits at this ratio of the configured ones. */
  readonly setLimits: (ratio: number) => void;
}

const REDEPLOY_EVERY_MS = 60_000;
const LIMITS_EVERY_MS = 40_000;

/** No lower than this, because a limit must leave each slot a call in every window. */
const LIMITS_LEAST_RATIO = 0.5;

/** Redeploys at random, half of them with another number of slots. */
export function scheduleRedeploys(parts: ChangesParts): void {
  const { slots, limits } = parts;
  const most = Math.min(
    2 * slots,
    ...pacedLimits(limits).map(({ calls }) => changedCalls(calls, LIMITS_LEAST_RATIO)),
  );
  const choices: [number, ...number[]] = [
    slots,
    slots,
    Math.ceil(slots / 2),
    Math.max(1, slots - 1),
    slots + 1,
    most,
  ];
  repeatedly(parts, REDEPLOY_EVERY_MS, () => parts.deploy(Math.min(most, parts.dice.pick(choices))));
}

/** Changes of the limit through the control record at random: down, up, and back to the configured one. */
export function scheduleLimitChanges(parts: ChangesParts): void {
  const most = Math.min(
    ...pacedLimits(parts.limits).map(({ calls }) => Math.floor(calls * LIMITS_LEAST_RATIO)),
  );
  if (most < parts.slots || parts.limits.length === 0) return;
  repeatedly(parts, LIMITS_EVERY_MS, () => parts.setLimits(parts.dice.pick([0.5, 0.75, 1, 1.5])));
}

function repeatedly(parts: ChangesParts, everyMs: number, change: () => void): void {
  const { scheduler, dice, untilMs } = parts;
  const inMs = everyMs * (0.5 + dice.ratio());
  if (scheduler.nowMs + inMs > untilMs) return;
  scheduler.after(inMs, () => {
    change();
    repeatedly(parts, everyMs, change);
  });
}
