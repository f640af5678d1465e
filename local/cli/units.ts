import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LIMIT_WINDOW_MAX_MS } from '../../lambdas/core/config/orchestrator-config.js';

/** Why a value of an option was refused: what is allowed, in words. */
export class OptionError extends Error {}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/** `50ms`, `1s`, `1.5s` or `1m`, in milliseconds. */
export function parseDurationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  const unitMs = UNIT_MS[match?.[2] ?? ''];
  if (unitMs === undefined) throw new OptionError('a duration such as 50ms, 1s or 1m');
  return Math.round(Number(match?.[1]) * unitMs);
}

/** More than one machine can call in any window that slots can pace. */
const LIMIT_CALLS_MAX = 100_000;

/** The stack in cdk.json gives up a call after so long. */
const LATENCY_MAX_MS = 8_000;

export interface RateLimit {
  readonly calls: number;
  readonly windowMs: number;
}

/** `20/1s`, several of them separated by commas, or `none`. */
export function parseLimits(text: string): readonly RateLimit[] {
  if (text === 'none') return [];
  return text.split(',').map((part) => {
    const match = /^(\d+)\/(.+)$/.exec(part);
    const calls = Number(match?.[1]);
    const windowMs = match === null ? 0 : parseDurationMs(match[2] ?? '');
    if (calls < 1 || calls > LIMIT_CALLS_MAX || windowMs < 1 || windowMs > LIMIT_WINDOW_MAX_MS)
      throw new OptionError(
        `1 to ${LIMIT_CALLS_MAX} calls per window of at most ${LIMIT_WINDOW_MAX_MS / 60_000}m, such as 20/1s or 100/60s, or none`,
      );
    return { calls, windowMs };
  });
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

/** A whole number within bounds. */
export function parseWhole(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new OptionError(`a whole number from ${least} to ${most}`);
  }
  return value;
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
