/**
 * Breaks the core on purpose, one folder after another, and fails where the folder's own tests notice too little.
 *
 *     npm run mutate                    every folder
 *     npm run mutate -- ledger pacing   these
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { readFolders } from './folders.js';

const EXIT = { done: 0, unnoticed: 1, usage: 2 } as const;

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

const TESTS = 'test/unit/core';

/** Random suites of a thousand cases would run for every mutant: the examples beside them must notice alone. */
const TOO_LONG = /^(fleet|parse-config|task-request)\.property\./;

const folders = foldersOrExit();
const failed = folders.filter((folder) => !passes(folder));
console.log(['\nfolder       noticed  of     score', ...folders.map(row)].join('\n'));
if (failed.length > 0) {
  console.error(`too little is noticed in: ${failed.join(', ')}`);
  process.exitCode = EXIT.unnoticed;
}

function foldersOrExit(): readonly string[] {
  try {
    return readFolders(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage);
  }
}

/** All tests of the folder run as one file: to set Jest up for each of them would take most of the time. */
function passes(folder: string): boolean {
  const under = folder === 'core' ? '' : `${folder}/`;
  const files = readdirSync(`${TESTS}/${under}`);
  const tests = files.filter((file) => file.endsWith('.test.ts') && !TOO_LONG.test(file)).sort(randomLast);
  const together = `${TESTS}/${folder}.together.ts`;
  const imports = tests.map((file) => `import './${under}${file.replace(/ts$/, 'js')}';\n`);
  writeFileSync(together, imports.join(''));
  rmSync(reportOf(folder), { force: true });
  try {
    const env = { ...process.env, FOLDER: folder };
    return spawnSync('stryker', ['run'], { env, stdio: 'inherit' }).status === 0;
  } finally {
    rmSync(together);
  }
}

/** The first test that notices ends the run of a mutant, and random suites take longest. */
function randomLast(one: string, other: string): number {
  return Number(one.includes('.property.')) - Number(other.includes('.property.'));
}

function row(folder: string): string {
  if (!existsSync(reportOf(folder))) return `${folder.padEnd(12)} not measured: see above`;
  const report = JSON.parse(readFileSync(reportOf(folder), 'utf8')) as Report;
  const statuses = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const noticed = count(statuses, ['Killed', 'Timeout']);
  const all = noticed + count(statuses, ['Survived', 'NoCoverage']);
  const percent = ((noticed / all) * 100).toFixed(1);
  return `${folder.padEnd(12)} ${String(noticed).padEnd(8)} ${String(all).padEnd(6)} ${percent} %`;
}

function reportOf(folder: string): string {
  return `coverage/mutation/${folder}/report.json`;
}

function count(statuses: readonly string[], wanted: readonly string[]): number {
  return statuses.filter((status) => wanted.includes(status)).length;
}
