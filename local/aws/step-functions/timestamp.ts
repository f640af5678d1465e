import type { Json } from './json.js';

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** An RFC 3339 timestamp with a capital `T` and an offset, which is the only form that AWS takes. */
export function isTimestamp(value: Json): boolean {
  return typeof value === 'string' && rfc3339.test(value) && !Number.isNaN(Date.parse(value));
}

/** As the context object writes times, e.g. `2026-01-31T12:00:00.000Z`. */
export function timestampOf(ms: number): string {
  return new Date(ms).toISOString();
}
