import { counted } from '../lambdas/core/contracts/counted.js';
import type { RateLimit } from '../lambdas/core/pacing/hold.js';

/** Rows as aligned text: the first column to the left, the others as `align` says. */
export function columns(rows: readonly (readonly string[])[], align: 'left' | 'right' = 'right'): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === 0 || align === 'left' ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

/** `2030-01-31 12:00:00 UTC` */
export function instantText(iso: string | null): string {
  return iso === null ? '-' : `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

/** `20 calls per 1 s, 10000 calls per 24 h`: exact, so that nobody types a rounded limit again. */
export function limitsText(limits: readonly RateLimit[]): string {
  if (limits.length === 0) return 'none but calls in flight';
  return limits
    .map(({ calls, windowMs }) => `${counted(calls, 'call')} per ${windowText(windowMs)}`)
    .join(', ');
}

function windowText(windowMs: number): string {
  if (windowMs % 3_600_000 === 0) return `${windowMs / 3_600_000} h`;
  return windowMs % 1_000 === 0 ? `${windowMs / 1_000} s` : `${windowMs} ms`;
}
