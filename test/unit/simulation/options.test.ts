import { FAULTS } from '../../simulation/faults.js';
import { readOptions } from '../../simulation/bin/options.js';

/** What is said of a command line that is refused. */
function refusalOf(...argv: readonly string[]): string {
  const written: string[] = [];
  expect(() => readOptions(argv, (text) => written.push(text))).toThrow();
  return written.join('');
}

describe('the options of rlo simulate', () => {
  it.each([
    [[], 5],
    [['--limit', '20/1s'], 5],
    [['--limit', '3/1s,20/10s'], 3],
    [['--limit', 'none'], 5],
  ])('take as many slots with %j as each have a call in every window', (argv, slots) => {
    expect(readOptions(argv).campaign.concurrencies).toEqual([slots]);
  });

  it('refuse more slots than each have a call, and name both options', () => {
    expect(refusalOf('--limit', '3/1s', '--concurrency', '1,5')).toContain(
      "option '--limit' would leave some of 5 slots without a call in a window; use --concurrency 3 at most",
    );
  });

  it('name every fault that there is where one is unknown', () => {
    expect(refusalOf('--faults', 'foo')).toContain(`expected all, or some of ${FAULTS.join(', ')}`);
  });

  it('leave --json to mean what it means to every other command', () => {
    expect(readOptions(['--figures', 'figures.json']).figures).toBe('figures.json');
    expect(refusalOf('--json', 'figures.json')).toContain("unknown option '--json'");
  });

  it.each([
    [['--seeds', '1e3'], 'expected a whole number from 1 to 1000000'],
    [['--concurrency', '1,x'], 'expected a whole number from 1 to 900'],
    [['--limit', '20'], 'expected 1 to 999999 calls per window'],
    [['--latency', '1s'], 'expected median and 99th percentile'],
    [['--bogus'], "unknown option '--bogus'"],
  ])('refuse %j with what is allowed, and a hint where the usage is', (argv, told) => {
    const refusal = refusalOf(...argv);

    expect(refusal).toContain(told);
    expect(refusal).toMatch(/\n\(add --help to see what is allowed\)\n$/);
    expect(refusal).not.toContain('Usage:');
  });
});
