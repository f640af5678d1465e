// Goal: commands of the pages that take minutes are at least understood by what they are for.
import { existsSync } from 'node:fs';
import { readOptions as optionsOfBench } from '../../bench/bin/options.js';
import { readOptions as optionsOfSimulate } from '../../simulation/bin/options.js';
import { blocksOf, commandsOf, PAGES } from '../../support/documents.js';

const commands = PAGES.flatMap((page) => blocksOf(page, 'sh')).flatMap(commandsOf);

/** What follows this in the commands of the pages. */
const after = (start: string): readonly (readonly string[])[] =>
  commands
    .filter((command) => command.startsWith(start))
    .map((command) => command.split(' ').slice(start.split(' ').length));

describe('the long commands of the pages', () => {
  it.each(after('npx rlo simulate'))('are understood by the simulator: %s', (...args) => {
    expect(optionsOfSimulate([...args]).campaign).toBeDefined();
  });

  it.each(after('npm run bench'))('are understood by the bench: %s', (...args) => {
    expect(optionsOfBench(args.filter((arg) => arg !== '--')).calls).toBeGreaterThan(0);
  });

  it('name folders of core to break', () => {
    const folders = after('npm run mutate').flatMap((args) => args.filter((arg) => arg !== '--'));

    expect(folders.length).toBeGreaterThan(0);
    expect(folders.filter((folder) => !existsSync(`lambdas/core/${folder}`))).toEqual([]);
  });
});
