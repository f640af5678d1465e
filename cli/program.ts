import { Command } from 'commander';
import { HELP_HINT } from '../lambdas/core/config/command-line.js';
import { EXIT } from './command-error.js';
import { cancelCommand } from './commands/cancel.js';
import { deadLettersCommand } from './commands/dead-letters.js';
import { expediteCommand } from './commands/expedite.js';
import { limitCommand } from './commands/limit.js';
import { listCommand } from './commands/list.js';
import { newAdapterCommand } from './commands/new-adapter.js';
import { pauseCommand } from './commands/pause.js';
import { planAndSimulateCommands } from './commands/plan-and-simulate.js';
import { redriveCommand } from './commands/redrive.js';
import { resumeCommand } from './commands/resume.js';
import { showCommand } from './commands/show.js';
import { startCommand } from './commands/start.js';
import { statusCommand } from './commands/status.js';
import { watchCommand } from './commands/watch.js';
import { errorText } from './report.js';

/** The stack's name in cdk.json's app. */
const STACK = 'rate-limited-orchestrator';

const HELP = `
Credentials and Region come from the environment, as for the aws command line; AWS_PROFILE and AWS_REGION choose others.
With --local they are not needed: it finds what \`npm run local\` serves, at AWS_ENDPOINT_URL or http://127.0.0.1:4566.

Exit codes: 0 done; 1 what was asked for is not so, or failed; 2 not understood; 3 AWS cannot be reached, or refuses.`;

const COMMANDS = [
  statusCommand,
  watchCommand,
  startCommand,
  showCommand,
  listCommand,
  cancelCommand,
  redriveCommand,
  expediteCommand,
  pauseCommand,
  resumeCommand,
  limitCommand,
  deadLettersCommand,
  planAndSimulateCommands,
  newAdapterCommand,
];

/** @param json whether refused command lines are told as JSON. @default - where any word asks for it */
export function buildProgram(json = process.argv.includes('--json')): Command {
  const program = new Command('rlo')
    .description('Looks after a rate-limited orchestrator: what waits and why, and what to do about it.')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage))
    .showHelpAfterError(json ? false : HELP_HINT)
    .configureOutput({
      outputError: (refusal, write) => write(errorText(inPlainWords(refusal), EXIT.usage, json)),
    })
    .option('--local', 'a local run instead of AWS')
    .option('--stack <name>', 'the CloudFormation stack', STACK)
    .option('--api <name>', "the orchestrator's name, where the stack has several")
    .option('--region <name>', 'the AWS Region')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP);
  for (const register of COMMANDS) register(program);
  return program;
}

/** One sentence of what commander says about a refused command line: `class 'batsch' is invalid: expected one of ...`. */
function inPlainWords(refusal: string): string {
  return refusal
    .trim()
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*') is invalid for argument '(.*)'/, '$2 $1 is invalid')
    .replace(' is invalid. ', ' is invalid: ')
    .replaceAll('\n', ' ');
}
