import { Command, InvalidArgumentError, Option } from 'commander';
import { HELP_HINT, refusingWith } from '../../../lambdas/core/config/command-line.js';
import { parseWhole } from '../../../lambdas/core/config/units.js';

export interface Options {
  /** Of each contender in real time. */
  readonly calls: number;
  readonly seed: number;
  readonly only: 'virtual' | 'real' | undefined;
  readonly json: string | undefined;
}

/** At fewer, HIGH has hardly begun; at more, a run in real time takes a day. */
const CALLS_LEAST = 300;
const CALLS_MOST = 100_000;

/** 25 seconds at the limit. */
const CALLS_DEFAULT = 500;

/** Reads the command line. Throws commander's error, already printed, for what it does not know. */
export function readOptions(
  argv: readonly string[],
  writeErr: (text: string) => void = (text) => process.stderr.write(text),
): Options {
  const command = new Command('npm run bench --')
    .description(
      'Compares our worker with what people would use instead: the same jobs, the same limit, a judge that counts every breach. About four minutes.',
    )
    .option(
      '--calls <n>',
      'of each contender in real time; ten times as many in virtual time',
      whole(CALLS_LEAST, CALLS_MOST),
      CALLS_DEFAULT,
    )
    .option('--seed <n>', 'of the arrivals and latencies', whole(0, 2 ** 31 - 1), 1)
    .addOption(new Option('--only <half>', 'this half of the table').choices(['virtual', 'real']))
    .option('--json <file>', 'writes the figures to this file as well')
    .allowExcessArguments(false)
    .configureOutput({ writeErr })
    .showHelpAfterError(HELP_HINT)
    .exitOverride();
  command.parse([...argv], { from: 'user' });
  const { calls, seed, only, json } = command.opts<{
    calls: number;
    seed: number;
    only?: 'virtual' | 'real';
    json?: string;
  }>();
  return { calls, seed, only, json };
}

function whole(least: number, most: number): (text: string) => number {
  return refusingWith(InvalidArgumentError, (text) => parseWhole(text, least, most));
}
