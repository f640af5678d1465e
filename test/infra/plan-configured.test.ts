import { type Ended, runPlan } from './support/run-plan.js';

describe('rlo plan without options', () => {
  let ended: Ended;

  beforeAll(async () => {
    ended = await runPlan();
  }, 60_000);

  it('plans for the configuration in cdk.json', () => {
    expect(ended.stdout).toMatch(/^Capacity plan for legacy-api, as configured in cdk\.json/);
    expect(ended.stdout).toMatch(/Limit +20 per 1 s = 20\/s/);
  });

  it('sets what it recommends beside what is configured', () => {
    expect(ended.stdout).toMatch(/^ +recommended +configured$/m);
    expect(ended.stdout).toMatch(/^ {2}operations\.\*\.timeoutMs +ms +6000 +8000$/m);
  });

  it('says which of its figures are defaults, and which option gives them', () => {
    for (const option of ['--latency-p50', '--latency-p99', '--high', '--normal', '--batch', '--night'])
      expect(ended.stdout).toContain(option);
  });

  it('warns in sentences that fit into 100 columns', () => {
    expect(ended.stdout).toMatch(/^ {2}! 5 slots can use only \d\d % of the limit/m);
    expect(Math.max(...ended.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
