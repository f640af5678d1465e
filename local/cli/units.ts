import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  OptionError,
  parseDurationMs,
  parseRateLimits,
  type RateLimit,
} from '../../lambdas/core/config/units.js';
import { CHAOS_KINDS, type ChaosKind } from '../chaos/chaos-kinds.js';

export { parseWhole, type RateLimit } from '../../lambdas/core/config/units.js';

/** More than one machine can call in any window that slots can pace. */
const LIMIT_CALLS_MAX = 100_000;

/** The stack in cdk.json gives up a call after so long. */
const LATENCY_MAX_MS = 8_000;

/** `20/1s`, several of them separated by commas, or `none`. */
export function parseLimits(text: string): readonly RateLimit[] {
  return parseRateLimits(text, LIMIT_CALLS_MAX);
}

/** `50ms`, or `300ms-1500ms` for a median and a 99th percentile. */
export function parseLatency(text: string): { readonly medianMs: number; readonly p99Ms: number } {
  const [median = '', p99 = median, ...rest] = text.split('-');
  const latency = { medianMs: parseDurationMs(median), p99Ms: parseDurationMs(p99) };
  const { medianMs, p99Ms } = latency;
  if (rest.length > 0 || p99Ms < medianMs || medianMs < 1 || p99Ms > LATENCY_MAX_MS) {
    throw new OptionError(
      'a latency up to 8s such as 50ms, or a median and a 99th percentile such as 300ms-1500ms',
    );
  }
  return latency;
}

/** `1:3:11`: shares of HIGH, NORMAL and BATCH. */
export function parseMix(text: string): {
  readonly HIGH: number;
  readonly NORMAL: number;
  readonly BATCH: number;
} {
  const match = /^(\d{1,6}):(\d{1,6}):(\d{1,6})$/.exec(text);
  const [HIGH = 0, NORMAL = 0, BATCH = 0] = (match ?? []).slice(1).map(Number);
  if (HIGH + NORMAL + BATCH === 0) throw new OptionError('shares of HIGH:NORMAL:BATCH such as 1:3:11');
  return { HIGH, NORMAL, BATCH };
}

/** An http or https address without query or fragment. */
export function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const valid = url !== undefined && /^https?:$/.test(url.protocol) && !/[?#]/.test(text);
  if (!valid) throw new OptionError('an address without query such as http://127.0.0.1:8080/orders');
  return text;
}

/** A file in a directory that exists: a report must not be lost after the run. */
export function parseFile(text: string): string {
  if (!existsSync(dirname(resolve(text)))) throw new OptionError('a file in a directory that exists');
  return text;
}

/** `all`, or kinds of chaos by name, separated by commas; in the order of the one list of them. */
export function parseChaos(text: string): readonly ChaosKind[] {
  const known = CHAOS_KINDS.map(({ kind }) => kind);
  if (text === 'all') return known;
  const named = text.split(',').map((name) => name.trim());
  if (named.some((name) => !known.some((kind) => kind === name))) {
    throw new OptionError(`all, or some of ${known.join(', ')}, separated by commas`);
  }
  return known.filter((kind) => named.includes(kind));
}
