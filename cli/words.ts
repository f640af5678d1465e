import { limitText } from '../lambdas/core/contracts/limit-text.js';
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

/** `20 calls per 1 s, 10000 calls per 24 h` */
export function limitsText(limits: readonly RateLimit[]): string {
  return limits.length === 0 ? 'none but calls in flight' : limits.map(limitText).join(', ');
}
