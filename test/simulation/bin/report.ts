import type { CampaignPart } from '../campaign.js';
import type { BrokenRun, FiguresJson } from '../figures.js';
import { START_MS } from '../scheduler.js';

/** So many broken runs are shown in words. */
const SHOWN_MAX = 5;

const COLUMNS = [
  'workload',
  'C',
  'calls',
  'broken',
  'lost',
  'down',
  'invers.',
  'limit',
  'slots',
  'HIGH p50/p99',
  'ideal',
  'NORMAL p99',
  'BATCH p99',
  'recv/call',
  'inv/call',
  '$/M',
] as const;

const WIDTHS = [14, 3, 9, 6, 5, 6, 8, 6, 6, 15, 7, 10, 10, 9, 8, 7] as const;

export function heading(): string {
  return row([...COLUMNS]);
}

/** One line of the table. Waits are in milliseconds. */
export function line({ workload, slots, figures }: CampaignPart): string {
  const json = figures.toJson();
  const { HIGH, NORMAL, BATCH } = json.waitMs;
  return row([
    workload,
    slots,
    json.calls,
    json.violations,
    json.lost,
    json.callsWhileDown,
    json.inversions,
    percent(json.limitUsedShare),
    percent(json.slotUtilisation),
    `${HIGH.p50}/${HIGH.p99}`,
    json.idealHighWaitMsP99,
    NORMAL.p99,
    BATCH.p99,
    json.receivesPerCall.toFixed(3),
    json.invocationsPerCall.toFixed(3),
    json.usdPerMillionCalls.toFixed(2),
  ]);
}

/** The broken runs, each with the command that repeats it. */
export function complaints(broken: readonly BrokenRun[], kept: readonly string[]): string[] {
  return broken.slice(0, SHOWN_MAX).flatMap(({ scenario, violations }) => {
    const { seed, workload, slots } = scenario;
    const [first] = violations;
    const at = ((first?.atMs ?? START_MS) - START_MS) / 1_000;
    const options = ['--seed', seed, '--workload', workload, '--concurrency', slots, ...kept, '--trace'];
    return [
      `seed ${seed}: ${first?.promise ?? ''} broken at ${at.toFixed(3)} s: ${first?.what ?? ''}`,
      `  replay: npx rlo simulate ${options.join(' ')}`,
    ];
  });
}

export function jsonOf(parts: readonly CampaignPart[]): string {
  const figures = parts.map(
    ({ workload, slots, figures }): { workload: string; concurrency: number } & FiguresJson => ({
      workload,
      concurrency: slots,
      ...figures.toJson(),
    }),
  );
  return `${JSON.stringify(figures, undefined, 2)}\n`;
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(share * 100).toFixed(1)}%`;
}

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) => {
      const width = WIDTHS[index] ?? 0;
      return index === 0 ? String(cell).padEnd(width) : String(cell).padStart(width);
    })
    .join(' ');
}
