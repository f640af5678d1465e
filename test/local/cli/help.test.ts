import { runToEnd } from '../support/command-line.js';

const OPTIONS = ['calls', 'mix', 'limit', 'concurrency', 'latency', 'seed', 'port', 'legacy-url', 'report'];

describe('--help', () => {
  it.each(['start', 'local'] as const)(
    'names every option of %s and exits with 0',
    async (command) => {
      const { code, output } = await runToEnd(command, ['--help']);

      expect(OPTIONS.filter((name) => !output.includes(`--${name} <`))).toEqual([]);
      expect(code).toBe(0);
    },
    20_000,
  );
});
