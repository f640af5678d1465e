import type { Percentiles, Row } from './row.js';

/** The waits that no scheduler of these jobs can beat, for each half of the table. */
export type Ideals = (row: Row) => Percentiles;

const HEADINGS = [
  'time',
  'contender',
  'violations',
  'limit used',
  'HIGH p50',
  'HIGH p99',
  'p99 / ideal',
  'receives',
  'invocations',
  'dead unrun',
  '$/million',
] as const;

/** So many columns hold words; the others hold numbers. */
const WORDS = 2;

/** A Markdown table that lines up as plain text too; what a contender cannot have is shown as "-". */
export function formatTable(rows: readonly Row[], idealOf: Ideals): string {
  const lines = rows.map((row) => cellsOf(row, idealOf(row)));
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number) =>
    column < WORDS ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const format = (cells: readonly string[]) => `| ${cells.map(pad).join(' | ')} |`;
  const rules = widths.map((width, column) =>
    column < WORDS ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [format(HEADINGS), format(rules), ...lines.map(format)].join('\n');
}

function cellsOf(row: Row, ideal: Percentiles): readonly string[] {
  const { time, highWaitMs } = row;
  return [
    time,
    nameOf(row),
    fixed(row.violations, 0),
    row.limitUsedShare === undefined ? '-' : `${(row.limitUsedShare * 100).toFixed(0)} %`,
    wait(highWaitMs?.p50),
    wait(highWaitMs?.p99),
    highWaitMs === undefined ? '-' : ratio(highWaitMs.p99 / ideal.p99),
    fixed(row.receivesPerCall, 2),
    fixed(row.invocationsPerCall, 3),
    fixed(row.deadLetteredUnrun, 0),
    fixed(row.usdPerMillionCalls, 2),
  ];
}

function nameOf({ name, pollers, missing }: Row): string {
  if (missing !== undefined) return `${name}: ${missing}`;
  return pollers === undefined ? name : `${name}, pollers: ${pollers}`;
}

/** Seconds from ten of them on: nobody reads five digits of milliseconds. */
const SECONDS_FROM_MS = 10_000;

function wait(ms: number | undefined): string {
  if (ms === undefined) return '-';
  if (!Number.isFinite(ms)) return 'never';
  return ms < SECONDS_FROM_MS ? `${ms.toFixed(0)} ms` : `${(ms / 1_000).toFixed(0)} s`;
}

function ratio(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(1)} x` : 'never';
}

function fixed(value: number | undefined, digits: number): string {
  return value === undefined ? '-' : value.toFixed(digits);
}
