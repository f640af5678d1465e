import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { CommandError, EXIT } from '../command-error.js';
import type { GlobalOptions } from '../context.js';
import { type Report, reporting } from '../report.js';

const CHECKOUT = join(import.meta.dirname, '../..');

/** The name of the adapter that new ones begin as. */
const EXAMPLE = 'example';

const HELP = `
Writes lambdas/adapters/custom/<name>.ts and its test, which work as they are: a copy of the example, to be changed into
what your API speaks. Give an operation "adapter": "<name>", and it is bundled with the worker.`;

export function newAdapterCommand(program: Command): void {
  program
    .command('new-adapter')
    .description('write an adapter of your own, with its tests, into this checkout')
    .argument('<name>', 'a-z, 0-9 and -, beginning with a letter')
    .addHelpText('after', HELP)
    .action((name: string) => reporting(program.opts<GlobalOptions>(), () => writeAdapter(CHECKOUT, name)));
}

const FILES = [
  (name: string) => `lambdas/adapters/custom/${name}.ts`,
  (name: string) => `test/unit/adapters/custom/${name}.test.ts`,
];

/** Writes the two files into a checkout, and says what comes next. Replaces nothing. */
export async function writeAdapter(checkout: string, name: string): Promise<Report> {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(name))
    throw new CommandError(
      `name: expected a-z, 0-9 and -, beginning with a letter, but got "${name}"`,
      EXIT.usage,
    );
  for (const file of FILES) {
    const text = await readFile(join(CHECKOUT, file(EXAMPLE)), 'utf8');
    await writeNew(join(checkout, file(name)), text.replaceAll(EXAMPLE, name));
  }
  const written = FILES.map((file) => file(name));
  return {
    json: { adapter: name, written },
    text: [
      ...written.map((file) => `Wrote ${file}`),
      '',
      'Its tests:            npm run jest -- test/unit/adapters/custom',
      `In cdk.json:          "adapter": "${name}"   (in an operation)`,
      'What it must keep:    lambdas/adapters/legacy/adapter.ts',
    ].join('\n'),
  };
}

async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandError(`${file} is there already; choose another name, or remove it first`);
  }
}
