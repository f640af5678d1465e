import { Command } from 'commander';
import { HELP_HINT } from '../../lambdas/core/config/command-line.js';

/** For a program that takes none: ends it with its description for --help, and with exit code 2 for anything else. */
export function takeNoOptions(name: string, description: string, argv: readonly string[]): void {
  new Command(name)
    .description(description)
    .allowExcessArguments(false)
    .showHelpAfterError(HELP_HINT)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse([...argv], { from: 'user' });
}
