import { durationText } from '../../../lambdas/core/planning/words.js';
import type { RateLimit } from '../../../lambdas/core/pacing/hold.js';
import type { Drain } from '../../../lambdas/core/planning/drain.js';

export { durationText, numberText } from '../../../lambdas/core/planning/words.js';

/** Time of day in the reader's own time zone, to the second. */
export function clockText(iso: string): string {
  return new Date(iso).toLocaleTimeString(undefined, { hour12: false });
}

/** A drain as `rlo status` says it, short enough for a card. */
export function drainText(drain: Drain): string {
  switch (drain.kind) {
    case 'empty':
      return '–';
    case 'after':
      return durationText(drain.durationMs);
    case 'paused':
      return 'paused';
    case 'outOfQuota':
      return 'quota';
    case 'unpaced':
      return 'as the API answers';
  }
}

/** Limits as `rlo limit` takes them: `20/1s,10000/24h`. */
export function limitInput(limits: readonly RateLimit[]): string {
  return limits.map(({ calls, windowMs }) => `${calls}/${windowInput(windowMs)}`).join(',');
}

function windowInput(windowMs: number): string {
  if (windowMs % 3_600_000 === 0) return `${windowMs / 3_600_000}h`;
  return windowMs % 1_000 === 0 ? `${windowMs / 1_000}s` : `${windowMs}ms`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  succeeded: 'succeeded',
  throttled: 'refused',
  rejected: 'rejected',
  unavailable: 'unavailable',
  outcomeUnknown: 'unknown',
  responseTooLarge: 'too large',
  responseRefused: 'no result',
  notFound: 'not found',
};

/** What came of a call, in words. */
export function outcomeText(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome;
}

/** A call that was answered: a lookup that finds no call, too. */
export function isFine(outcome: string): boolean {
  return outcome === 'succeeded' || outcome === 'notFound';
}

export const OUTCOME_NAMES: readonly string[] = Object.keys(OUTCOMES);
