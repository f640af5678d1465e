import type { RateLimit } from '../pacing/hold.js';
import { QUOTA_WINDOW_MAX_MS } from './orchestrator-config.js';

export type { RateLimit } from '../pacing/hold.js';

/** Why a value of an option was refused: what is allowed, in words. */
export class OptionError extends Error {}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** `50ms`, `1s`, `1.5s`, `1m` or `8h`, in milliseconds. */
export function parseDurationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (match === null) throw new OptionError('a duration with its unit, such as 50ms, 1s or 1m');
  return Math.round(Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS]);
}

/** `20/1s`, several of them separated by commas, or `none`. */
export function parseRateLimits(text: string, callsMax: number): readonly RateLimit[] {
  if (text === 'none') return [];
  return text.split(',').map((part) => {
    const match = /^(\d+)\/(.+)$/.exec(part);
    const calls = Number(match?.[1]);
    const windowMs = match === null ? 0 : parseDurationMs(match[2] ?? '');
    const sound = calls >= 1 && calls <= callsMax && windowMs >= 1 && windowMs <= QUOTA_WINDOW_MAX_MS;
    if (sound) return { calls, windowMs };
    throw new OptionError(
      `1 to ${callsMax} calls per window of at most ${QUOTA_WINDOW_MAX_MS / UNIT_MS.h}h, such as 20/1s or 20/1s,10000/24h, or none`,
    );
  });
}

/** A whole number within bounds. */
export function parseWhole(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new OptionError(`a whole number from ${least} to ${most}`);
  }
  return value;
}
