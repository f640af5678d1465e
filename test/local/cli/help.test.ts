import { CHAOS_KINDS } from '../../../local/chaos/chaos-kinds.js';
import { type Ended, runToEnd } from '../support/command-line.js';

const OPTIONS = ['calls', 'mix', 'limit', 'concurrency', 'latency', 'seed', 'port', 'legacy-url', 'report'];
const COMMANDS = ['start', 'local'] as const;

describe('--help', () => {
  let ended: readonly Ended[];

  beforeAll(async () => {
    ended = await Promise.all(COMMANDS.map((command) => runToEnd(command, ['--help'])));
  }, 30_000);

  it.each(COMMANDS.map((command, index) => [command, index] as const))(
    'names every option of %s and exits with 0',
    (_command, index) => {
      expect(OPTIONS.filter((name) => !ended[index]?.output.includes(`--${name} <`))).toEqual([]);
      expect(ended[index]?.code).toBe(0);
    },
  );

  it('explains every kind of chaos where there can be any', () => {
    const [start, local] = ended.map(({ output }) => output);

    expect(CHAOS_KINDS.filter(({ kind, what }) => !start?.includes(`  ${kind.padEnd(21)}${what}`))).toEqual(
      [],
    );
    expect(local).not.toContain('--chaos');
  });
});
