import { Command, InvalidArgumentError, Option } from 'commander';
import type { Size } from './scenario.js';
import type { Pace } from './start-example.js';

export interface DoorsOptions extends Size, Pace {
  readonly json: boolean;
}

/** From the command line. Refuses what it does not know with usage and exit code 2. */
export function readOptions(argv: readonly string[]): DoorsOptions {
  const program = new Command('npm run doors --')
    .description(
      'Lets calls through every door of one local run at once: the aws command line, the TypeScript client, curl on the HTTP intake, events and a CSV file. Exits 0 only if all of them ended as they should, no limit was broken, and inversions kept within the shares.',
    )
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .showHelpAfterError()
    .allowExcessArguments(false)
    .addOption(whole('--rows <count>', 'of the file', 10_000, 1, 100_000))
    .addOption(whole('--calls <count>', 'through each other door, half HIGH and half NORMAL', 240, 0, 10_000))
    .addOption(whole('--command-line-calls <count>', 'through aws, a process for each', 24, 0, 1_000))
    .addOption(whole('--bursts <count>', 'in which they come, spread over the rows', 8, 1, 100))
    .addOption(whole('--calls-per-second <count>', 'that the API allows', 200, 1, 1_000))
    .addOption(whole('--slots <count>', 'calls at a time', 10, 1, 50))
    .option('--json', 'the report as JSON', false)
    .parse([...argv], { from: 'user' });
  return program.opts<DoorsOptions>();
}

function whole(flags: string, what: string, usual: number, least: number, most: number): Option {
  return new Option(flags, what).default(usual).argParser((text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  });
}
