import { type Ended, runPlan } from './support/run-plan.js';

/** In alphabetical order. */
const FAULTS = [
  "option '--batch <n/night>' argument '9' is invalid: expected a number of calls such as 20000/night",
  "option '--chart <file.svg>' argument '/no/such/folder/plan.svg' is invalid: expected a file in a directory",
  "option '--high <rate>' argument 'fast' is invalid: expected a rate such as 0.2/s",
  "option '--latency-p99' is 1000 ms, below the median of 2000 ms",
  "option '--limit <N/window>' argument '20' is invalid: expected 1 to 1000000 calls per window",
  "option '--night <t>' argument '25h' is invalid: expected a duration from 1m to 24h",
  "option '--shares <H:N:B>' argument '0.6:0.3:0.2' is invalid: expected shares of all turns: 0.6 + 0.3 + 0.2 = 1.1",
  "option '--slots <C>' argument missing",
  "unexpected argument 'extra'",
  "unknown option '--lmit'",
];

describe('rlo plan with options that it cannot take', () => {
  let ended: Ended;

  beforeAll(async () => {
    ended = await runPlan(
      ...['--limit', '20', '--latency-p50', '2s', '--latency-p99', '1s', '--high', 'fast', '--batch', '9'],
      ...['--shares', '0.6:0.3:0.2', '--night', '25h', '--chart', '/no/such/folder/plan.svg'],
      ...['--lmit', '20/1s', 'extra', '--slots'],
    );
  }, 60_000);

  it('says every fault at once, and each of them once', () => {
    const faults = ended.stderr.split('\n').filter((line) => line.startsWith('error: '));

    expect(faults.sort()).toEqual(FAULTS.map((fault) => expect.stringContaining(fault) as string));
  });

  it('says where its usage is and exits with 2, without a plan', () => {
    expect(ended.stderr).toMatch(/\n\(add --help to see what is allowed\)\n$/);
    expect(ended.stderr).not.toContain('Usage:');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('rlo plan with options that do not fit together', () => {
  it.each([
    [['--limit', 'none'], 'needs a cap on calls in flight'],
    [['--api', 'erp'], "cdk.json has no 'erp'; expected one of legacy-api"],
  ])(
    'refuses %j',
    async (args, fault) => {
      const { code, stderr } = await runPlan(...args);

      expect(stderr).toContain(fault);
      expect(code).toBe(2);
    },
    30_000,
  );
});
