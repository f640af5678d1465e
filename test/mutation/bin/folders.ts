import { readdirSync } from 'node:fs';
import { Argument, Command } from 'commander';
import { HELP_HINT } from '../../../lambdas/core/config/command-line.js';

const CORE = 'lambdas/core';

/** The folders to break: those named, or every one. Throws commander's error, already printed, for one that is not there. */
export function readFolders(
  argv: readonly string[],
  writeErr: (text: string) => void = (text) => process.stderr.write(text),
): readonly string[] {
  const every = everyFolder();
  const command = new Command('npm run mutate --')
    .description(
      "Breaks the core on purpose, one folder after another, and fails where the folder's own tests notice too little. All of them take more than an hour.",
    )
    .addArgument(new Argument('[folders...]', 'these alone').choices(every))
    .configureOutput({ writeErr })
    .showHelpAfterError(HELP_HINT)
    .exitOverride()
    .parse([...argv], { from: 'user' });
  return command.args.length > 0 ? command.args : every;
}

/** `core` stands for the files of core that are in no folder. */
function everyFolder(): readonly string[] {
  const entries = readdirSync(CORE, { withFileTypes: true });
  return [...entries.filter((entry) => entry.isDirectory()).map(({ name }) => name), 'core'];
}
