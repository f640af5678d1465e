import { counted } from './counted.js';

/** `20 calls per 1 s`, `10000 calls per 24 h`: exact, so that nobody types a rounded limit again. */
export function limitText({
  calls,
  windowMs,
}: {
  readonly calls: number;
  readonly windowMs: number;
}): string {
  return `${counted(calls, 'call')} per ${windowText(windowMs)}`;
}

/** In the largest of hours, seconds and milliseconds in which it is a whole number. */
export function windowText(windowMs: number): string {
  if (windowMs % 3_600_000 === 0) return `${windowMs / 3_600_000} h`;
  return windowMs % 1_000 === 0 ? `${windowMs / 1_000} s` : `${windowMs} ms`;
}
