import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { GlobalOptions } from '../context.js';
import { endingWell } from '../report.js';

interface Script {
  readonly name: string;
  readonly description: string;
  readonly help: string;
  /** Within the checkout. */
  readonly file: string;
  /** Of Node. */
  readonly flags: readonly string[];
}

const SCRIPTS: readonly Script[] = [
  {
    name: 'plan',
    description: 'recommend slots and times for an API with a limit; predict waits, the night and the bill',
    help: `
  rlo plan                  for the configuration in cdk.json
  rlo plan --limit 100/60s --latency-p50 300ms --latency-p99 1500ms --json
  rlo plan --help           every option

It asks nothing of AWS, and changes nothing.`,
    file: 'infra/bin/plan.ts',
    flags: [],
  },
  {
    name: 'simulate',
    description: 'prove the promises: the slot loop that ships, in virtual time, while everything fails',
    help: `
  rlo simulate --seeds 100 --faults all
  rlo simulate --help       every option; --figures FILE writes JSON

A promise that breaks prints the command that repeats the run; exit code 1.`,
    file: 'test/simulation/bin/simulate.ts',
    // Most of what the simulator makes dies young.
    flags: ['--max-semi-space-size=64'],
  },
];

/** Commands that know nothing of this deployment. They run as processes of their own, because no command may import them. */
export function planAndSimulateCommands(program: Command): void {
  for (const script of SCRIPTS)
    program
      .command(script.name)
      .description(script.description)
      .argument('[options...]', 'its own options')
      .usage('[options]')
      // All that it is told is for the script, --help and --json among it.
      .helpOption(false)
      .allowUnknownOption()
      .addHelpText('after', script.help)
      .action(() =>
        endingWell(program.opts<GlobalOptions>(), () => run(script, argumentsAfter(script.name))),
      );
}

const CHECKOUT = join(import.meta.dirname, '..', '..');

async function run({ name, file, flags }: Script, args: readonly string[]): Promise<void> {
  const path = join(CHECKOUT, file);
  if (!existsSync(path))
    throw new CommandError(
      `rlo ${name} runs ${file}, which is not here: clone the repository, npm ci, and run npx rlo ${name} there`,
    );
  const loader = ['--import', import.meta.resolve('tsx')];
  const child = spawn(process.execPath, [...flags, ...loader, path, ...args], { stdio: 'inherit' });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (signal !== null) throw new CommandError(`rlo ${name} was ended by ${signal}`);
  process.exitCode = code ?? 0;
}

/** As they were typed: the program has taken out of them what it knows itself. */
function argumentsAfter(name: string): readonly string[] {
  const args = process.argv.slice(2);
  return args.filter((_, index) => index !== args.indexOf(name));
}
