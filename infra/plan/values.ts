import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import {
  OptionError,
  parseDurationMs,
  parseRateLimits,
  parseWhole,
  type RateLimit,
} from '../../lambdas/core/config/units.js';
import { type ByPriority, byPriority, PRIORITIES } from '../../lambdas/core/contracts/priority.js';

const CALLS_PER_WINDOW_MAX = 1_000_000;
const CALLS_PER_SECOND_MAX = 100_000;
const CALLS_PER_NIGHT_MAX = 100_000_000;
const NIGHT_MAX_MS = 24 * 3_600_000;

/** The values of the planner's options, each refused with what is allowed, in words. */
export const VALUES = {
  limits: (text: string): readonly RateLimit[] => parseRateLimits(text, CALLS_PER_WINDOW_MAX),
  latencyMs: durationFrom(1, 600_000, 'a duration of up to 10m, such as 300ms or 1.5s'),
  jitterMs: durationFrom(0, 10_000, 'a duration of up to 10s, such as 30ms'),
  nightMs: durationFrom(60_000, NIGHT_MAX_MS, 'a duration from 1m to 24h, such as 8h'),
  perSecond,
  perNight,
  shares,
  slots: (text: string) => parseWhole(text, 1, 900),
  memoryMb: (text: string) => parseWhole(text, 128, 10_240),
  transitions: (text: string) => parseWhole(text, 1, 100),
  quota: (text: string) => parseWhole(text, 1, 1_000_000),
  seed: (text: string) => parseWhole(text, 0, 2 ** 31 - 1),
  file: (text: string) => {
    if (text === '' || !existsSync(dirname(text))) throw new OptionError('a file in a directory that exists');
    return text;
  },
} as const;

function durationFrom(leastMs: number, mostMs: number, allowed: string) {
  return (text: string): number => {
    const milliseconds = attempt(() => parseDurationMs(text));
    if (milliseconds === undefined || milliseconds < leastMs || milliseconds > mostMs)
      throw new OptionError(allowed);
    return milliseconds;
  };
}

/** `0.2/s`, `12/m` or `700/h`, in calls per second. */
function perSecond(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\/(s|m|h)$/.exec(text);
  const seconds = { s: 1, m: 60, h: 3_600 }[match?.[2] ?? ''] ?? Number.NaN;
  const callsPerSecond = Number(match?.[1]) / seconds;
  if (!(callsPerSecond <= CALLS_PER_SECOND_MAX)) throw new OptionError('a rate such as 0.2/s, 12/m or 700/h');
  return callsPerSecond;
}

/** `20000/night`. */
function perNight(text: string): number {
  const calls = Number(/^(\d+)\/night$/.exec(text)?.[1]);
  if (!(calls <= CALLS_PER_NIGHT_MAX)) throw new OptionError('a number of calls such as 20000/night');
  return calls;
}

/** `0.5:0.05:0.05`: the minimum shares of HIGH, NORMAL and BATCH. */
function shares(text: string): ByPriority<number> {
  const parts = text.split(':').map((part) => (/^\d+(\.\d+)?$/.test(part) ? Number(part) : Number.NaN));
  if (parts.length !== PRIORITIES.length || parts.some((part) => !(part <= 1)))
    throw new OptionError('three ratios HIGH:NORMAL:BATCH from 0 to 1 such as 0.5:0.05:0.05');
  const sum = Number(parts.reduce((total, part) => total + part, 0).toFixed(6));
  if (sum > 1) throw new OptionError(`shares of all turns: ${parts.join(' + ')} = ${sum} is more than 1`);
  return byPriority((priority) => parts[PRIORITIES.indexOf(priority)] ?? 0);
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof OptionError) return undefined;
    throw error;
  }
}
