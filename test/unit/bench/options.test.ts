import { CommanderError } from 'commander';
import { readOptions } from '../../bench/bin/options.js';

describe('readOptions', () => {
  it('runs both halves by default', () => {
    expect(readOptions([])).toEqual({ calls: 500, seed: 1, only: undefined, json: undefined });
  });

  it('reads what it is given', () => {
    const argv = ['--calls', '1000', '--seed', '7', '--only', 'real', '--json', 'figures.json'];

    expect(readOptions(argv)).toEqual({ calls: 1_000, seed: 7, only: 'real', json: 'figures.json' });
  });

  it.each([['--bogus'], ['--calls', '5'], ['--calls', '1e3'], ['--only', 'both'], ['more']])(
    'refuses %s %s with a hint where the usage is',
    (...argv) => {
      const written: string[] = [];

      expect(() => readOptions(argv, (text) => written.push(text))).toThrow(CommanderError);
      expect(written.join('')).toMatch(/^error: .*\n\(add --help to see what is allowed\)\n$/);
    },
  );
});
