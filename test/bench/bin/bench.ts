/** `npm run bench`: one table of our worker and of what people would use instead. */
import { writeFile } from 'node:fs/promises';
import { CommanderError } from 'commander';
import { UNREAD, whenUnread } from '../../../lambdas/core/contracts/when-unread.js';
import { type Half, runReal, runVirtual, type Watch } from '../halves.js';
import { formatTable } from '../table.js';
import { CALLS_PER_SLOT_SECOND } from '../workload.js';
import { NOTES } from './notes.js';
import { type Options, readOptions } from './options.js';
import { showProgress } from './progress.js';

const EXIT = { done: 0, usage: 2 } as const;

/** 128 and the number of the signal, as shells say it. */
const EXIT_OF_SIGNAL = { SIGINT: 130, SIGTERM: 143 } as const;

const SLOTS = 5;

/** The same in virtual time with fewer and with more slots, and a limit to match. */
const OTHER_SLOTS = [1, 10];

/** Virtual time costs little: more calls make steadier percentiles. */
const VIRTUAL_RATIO = 10;

// The AWS SDK tells users of Node 20 to upgrade; the README does so in one place.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => process.exit(EXIT_OF_SIGNAL[signal]));

whenUnread(process.stdout, () => process.exit(UNREAD));
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const options = optionsOr(argv);
  if (typeof options === 'number') return options;
  const progress = showProgress(process.stderr);
  const beganMs = performance.now();
  try {
    const { main, others } = await runHalves(options, progress);
    progress.end();
    const seconds = ((performance.now() - beganMs) / 1_000).toFixed(0);
    console.log(`\n${main.map(headingOf).join('; ')}; seed ${options.seed}; ${seconds} s\n`);
    console.log(tableOf(main));
    for (const other of others) console.log(`\n${headingOf(other)}\n\n${tableOf([other])}`);
    for (const note of NOTES) console.log(`\n${note}`);
    if (options.json !== undefined) await writeFile(options.json, jsonOf(options, [...main, ...others]));
  } finally {
    progress.end();
  }
  return EXIT.done;
}

function optionsOr(argv: readonly string[]): Options | number {
  try {
    return readOptions(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}

async function runHalves({ calls, seed, only }: Options, watch: Watch) {
  const virtual = (slots: number) => runVirtual({ calls: calls * VIRTUAL_RATIO, seed, slots }, watch);
  const main: Half[] = [];
  const others: Half[] = [];
  if (only !== 'real') {
    main.push(await virtual(SLOTS));
    for (const slots of OTHER_SLOTS) others.push(await virtual(slots));
  }
  if (only !== 'virtual') main.push(await runReal({ calls, seed, slots: SLOTS }, watch));
  return { main, others };
}

function headingOf({ time, slots, calls, rows }: Half): string {
  const { highCalls = 0 } = rows[0] ?? {};
  const limit = `${slots * CALLS_PER_SLOT_SECOND}/1s, C = ${slots}`;
  return `${time} time: ${limit}, ${calls} calls, ${highCalls} of them HIGH`;
}

function tableOf(halves: readonly Half[]): string {
  const idealOf = new Map(halves.map(({ time, idealHighWaitMs }) => [time, idealHighWaitMs]));
  return formatTable(
    halves.flatMap(({ rows }) => rows),
    ({ time }) => idealOf.get(time) ?? { p50: Number.NaN, p99: Number.NaN },
  );
}

/** JSON knows no infinity: a wait without an end is null. */
function jsonOf({ calls, seed }: Options, halves: readonly Half[]): string {
  return `${JSON.stringify({ calls, seed, halves }, undefined, 2)}\n`;
}
