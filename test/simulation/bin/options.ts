import { Command, InvalidArgumentError, Option } from 'commander';
import { HELP_HINT, refusingWith } from '../../../lambdas/core/config/command-line.js';
import { slotsWithACallMax } from '../../../lambdas/core/config/limit-kinds.js';
import {
  OptionError,
  parseRateLimits,
  parseWhole,
  type RateLimit,
} from '../../../lambdas/core/config/units.js';
import type { Campaign } from '../campaign.js';
import type { Latency } from '../dice.js';
import { type PollerBehaviour, POLLERS } from '../event-source-mapping.js';
import { type Fault, FAULTS } from '../faults.js';
import { type WorkloadName, WORKLOADS } from '../workloads.js';

const CONCURRENCY = 5;
const CONCURRENCY_MAX = 900;
const CALLS_MAX = 999_999;
const SEEDS_MAX = 1_000_000;
const MINUTES_MAX = 600;

export interface Options {
  readonly campaign: Campaign;
  readonly figures: string | undefined;
  readonly trace: boolean;
  /** What of the command line a replay must repeat beside seed, workload and concurrency. */
  readonly kept: readonly string[];
}

interface Given {
  readonly seeds: number;
  readonly seed?: number;
  readonly faults: readonly Fault[];
  readonly workload?: WorkloadName;
  readonly concurrency?: readonly number[];
  readonly limit?: readonly RateLimit[];
  readonly latency?: Latency;
  readonly pollers?: PollerBehaviour;
  readonly minutes?: number;
  readonly figures?: string;
  readonly trace?: boolean;
}

/** Reads the command line. Throws commander's error, already printed, for what it does not know. */
export function readOptions(
  argv: readonly string[],
  writeErr: (text: string) => void = (text) => process.stderr.write(text),
): Options {
  const command = simulateCommand().configureOutput({ writeErr });
  command.parse(argv, { from: 'user' });
  const given = command.opts<Given>();
  if (given.trace === true && given.seed === undefined)
    command.error('error: --trace prints one run; add --seed N and --workload NAME');
  const slotsMax = slotsWithACallMax(given.limit ?? []);
  const tooMany = given.concurrency?.find((slots) => slots > slotsMax);
  if (tooMany !== undefined)
    command.error(
      `error: option '--limit' would leave some of ${tooMany} slots without a call in a window; use --concurrency ${slotsMax} at most, or a --limit of at least ${tooMany} calls`,
    );
  return {
    campaign: campaignOf(given),
    figures: given.figures,
    trace: given.trace === true,
    kept: keptOf(argv),
  };
}

function simulateCommand(): Command {
  return new Command('npx rlo simulate')
    .description('Runs the shipped slot loop in virtual time against a model of AWS and of the legacy API.')
    .option('--seeds <n>', 'runs seeds 1 to n of every workload', wholeUpTo(SEEDS_MAX), 20)
    .option('--seed <n>', 'runs this seed only', wholeUpTo(2 ** 31))
    .addOption(
      new Option('--faults <list>', `all, or some of: ${FAULTS.join(', ')}`)
        .argParser(refusingWith(InvalidArgumentError, faultList))
        .default([], 'none'),
    )
    .addOption(
      new Option('--workload <name>', 'this workload only (default: all of them)').choices(WORKLOADS),
    )
    .option(
      '--concurrency <list>',
      `numbers of slots, such as 1,5,50 (default: ${CONCURRENCY}, or as many as each have a call in every window)`,
      refusingWith(InvalidArgumentError, concurrencyList),
    )
    .option(
      '--limit <limits>',
      'such as 20/1s, or none (default: four calls per slot in two seconds)',
      refusingWith(InvalidArgumentError, (text) => parseRateLimits(text, CALLS_MAX)),
    )
    .option(
      '--latency <p50/p99>',
      'of the legacy API, such as 150ms/400ms (default: what the hold covers)',
      refusingWith(InvalidArgumentError, latency),
    )
    .addOption(
      new Option('--pollers <behaviour>', 'when throttled (default: another one for each seed)').choices(
        POLLERS,
      ),
    )
    .option(
      '--minutes <n>',
      'length of each workload in virtual time (default: 3, and down to 1 with many slots)',
      wholeUpTo(MINUTES_MAX),
    )
    .option('--figures <file>', 'writes the figures to this file as well')
    .option('--trace', 'prints every event of the run')
    .allowExcessArguments(false)
    .showHelpAfterError(HELP_HINT)
    .exitOverride();
}

function campaignOf(given: Given): Campaign {
  return {
    seeds:
      given.seed === undefined ? Array.from({ length: given.seeds }, (_, index) => index + 1) : [given.seed],
    workloads: given.workload === undefined ? WORKLOADS : [given.workload],
    concurrencies: given.concurrency ?? [Math.min(CONCURRENCY, slotsWithACallMax(given.limit ?? []))],
    limits: given.limit,
    latency: given.latency,
    faults: new Set(given.faults),
    pollers: given.pollers,
    durationMs: given.minutes === undefined ? undefined : given.minutes * 60_000,
  };
}

/** The options that shape the world, as they were given. */
function keptOf(argv: readonly string[]): readonly string[] {
  const shaping = ['--faults', '--limit', '--latency', '--pollers', '--minutes'];
  return argv.flatMap((word, index) => {
    if (shaping.some((option) => word.startsWith(`${option}=`))) return [word];
    return shaping.includes(word) ? [word, argv[index + 1] ?? ''] : [];
  });
}

function wholeUpTo(most: number): (text: string) => number {
  return refusingWith(InvalidArgumentError, (text) => parseWhole(text, 1, most));
}

function faultList(text: string): readonly Fault[] {
  if (text === 'all') return FAULTS;
  return text.split(',').map((name) => {
    const fault = FAULTS.find((known) => known === name);
    if (fault === undefined)
      throw new OptionError(`all, or some of ${FAULTS.join(', ')}, separated by commas`);
    return fault;
  });
}

function concurrencyList(text: string): readonly number[] {
  return text.split(',').map((slots) => parseWhole(slots, 1, CONCURRENCY_MAX));
}

function latency(text: string): Latency {
  const match = /^(\d{1,6}(?:ms|s))\/(\d{1,6}(?:ms|s))$/.exec(text);
  const medianMs = milliseconds(match?.[1] ?? '0');
  const p99Ms = milliseconds(match?.[2] ?? '0');
  if (medianMs >= 1 && p99Ms > medianMs) return { medianMs, p99Ms };
  throw new OptionError('median and 99th percentile, such as 150ms/400ms');
}

function milliseconds(text: string): number {
  const amount = Number.parseInt(text, 10);
  return text.endsWith('ms') ? amount : amount * 1_000;
}
