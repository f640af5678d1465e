import { writeFile } from 'node:fs/promises';
import { CommanderError } from 'commander';
import { UNREAD, whenUnread } from '../../../lambdas/core/contracts/when-unread.js';
import { type CampaignPart, runCampaign, scenarioOf } from '../campaign.js';
import { World } from '../world.js';
import { type Options, readOptions } from './options.js';
import { Progress } from './progress.js';
import { complaints, heading, jsonOf, line } from './report.js';

const EXIT = { kept: 0, broken: 1, usage: 2 } as const;

whenUnread(process.stdout, () => process.exit(UNREAD));
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const options = optionsOr(argv);
  if (typeof options === 'number') return options;
  return options.trace ? printTrace(options) : simulate(options);
}

function optionsOr(argv: readonly string[]): Options | number {
  try {
    return readOptions(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.kept : EXIT.usage;
  }
}

async function simulate({ campaign, figures: file, kept }: Options): Promise<number> {
  const parts: CampaignPart[] = [];
  const startedMs = Date.now();
  const progress = new Progress(process.stderr, Date.now);
  console.log(heading());
  await runCampaign(campaign, {
    onRun: ({ workload, slots, figures }) => {
      progress.show(() => {
        const { seeds } = figures.toJson();
        return `${workload}, ${slots} slots: ${seeds} of ${campaign.seeds.length} seeds, ${figures.calls} calls`;
      });
    },
    onPart: (part) => {
      progress.clear();
      parts.push(part);
      console.log(line(part));
      for (const complaint of complaints(part.figures.broken, kept)) console.log(complaint);
    },
  });
  if (file !== undefined) await writeFile(file, jsonOf(parts));
  return verdict(parts, (Date.now() - startedMs) / 1_000);
}

function verdict(parts: readonly CampaignPart[], seconds: number): number {
  const calls = parts.reduce((sum, { figures }) => sum + figures.calls, 0);
  const violations = parts.reduce((sum, { figures }) => sum + figures.violations, 0);
  // Of this process alone: other work on the machine says nothing about the simulator.
  const cpuSeconds = process.cpuUsage().user / 1e6;
  const rate = Math.round(calls / Math.max(0.001, cpuSeconds));
  const kept = violations === 0 ? 'every promise kept' : `${violations} violations`;
  console.log(
    `\n${kept} over ${calls} calls in ${seconds.toFixed(1)} s (${rate} simulated calls per CPU second)`,
  );
  return violations === 0 ? EXIT.kept : EXIT.broken;
}

async function printTrace({ campaign }: Options): Promise<number> {
  let violations = 0;
  for (const slots of campaign.concurrencies) {
    for (const workload of campaign.workloads) {
      const [seed = 1] = campaign.seeds;
      const trace = (atMs: number, what: string) => console.log(`${(atMs / 1_000).toFixed(3)} ${what}`);
      const world = new World({ ...scenarioOf(campaign, { workload, slots, seed }), trace });
      await world.run();
      for (const { promise, what } of world.violations.kept) console.log(`broken: ${promise}: ${what}`);
      violations += world.violations.count;
    }
  }
  return violations === 0 ? EXIT.kept : EXIT.broken;
}
