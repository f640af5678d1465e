import { type Ended, runToEnd } from '../support/command-line.js';

/** Each with what it must be told. */
const MALFORMED: readonly (readonly [args: readonly string[], told: string])[] = [
  [['--sped', '9'], "unknown option '--sped'"],
  [['--limit', '20'], 'such as 20/1s or 20/1s,10000/24h, or none'],
  [['--port', '70000'], 'a whole number from 0 to 65535'],
  [['extra'], 'too many arguments'],
  [['--chaos', 'hang,boredom'], 'all, or some of 429, 4xx'],
  [['--api', 'crm'], 'crm: cdk.json has no such orchestrator'],
  [['--limit', '2/1s', '--concurrency', '5'], "option '--limit' would leave some of 5 slots without a call"],
  [
    ['--limit', '2/1s', '--concurrency', '5'],
    'use --concurrency 2 at most, or a --limit of at least 5 calls',
  ],
  [['--legacy-method', 'PUT'], "option '--legacy-method' says how to call --legacy-url; add that"],
  [['--legacy-method', 'PUT', '--api', 'legacy-api'], "option '--api <name>"],
  [['--chaos', 'all', '--legacy-url', 'http://127.0.0.1:1'], "cannot be used with option '--legacy-url"],
];

describe('npm start with options that it cannot take', () => {
  let ended: readonly Ended[];

  beforeAll(async () => {
    ended = await Promise.all(MALFORMED.map(([args]) => runToEnd('start', args)));
  }, 60_000);

  it.each(MALFORMED.map(([args, told], index) => [args.join(' '), told, index] as const))(
    'refuses %s with its fault, a hint where the usage is, and exit code 2',
    (_args, told, index) => {
      expect(ended[index]?.errors).toContain(told);
      expect(ended[index]?.errors).toMatch(/\n\(add --help to see what is allowed\)\n$/);
      expect(ended[index]?.code).toBe(2);
    },
  );

  it('starts nothing', () => {
    expect(ended.map(({ output }) => output).join('')).toBe('');
  });
});
