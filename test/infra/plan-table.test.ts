import { type Ended, EXAMPLE, runPlan } from './support/run-plan.js';

describe('rlo plan with every figure given', () => {
  let ended: Ended;

  beforeAll(async () => {
    ended = await runPlan(...EXAMPLE);
  }, 60_000);

  it('recommends slots and hold, and says how much of the limit they use', () => {
    expect(ended.stdout).toMatch(/Slots +2, calls of each in a window: 50, hold: 1,201 ms/);
    expect(ended.stdout).toMatch(/Calls +1\.65\/s while work waits, 99 % of the limit/);
  });

  it('predicts waits, the end of BATCH and the cost', () => {
    expect(ended.stdout).toMatch(/BATCH +done after 5\.9 h/);
    expect(ended.stdout).toMatch(/^ {2}HIGH +\d+ ms +\d\.\d s/m);
    expect(ended.stdout).toMatch(/Step Functions: state transitions +[\d,]+ +\d+\.\d\d +75\.00/);
  });

  it('assumes only what was left out', () => {
    expect(ended.stdout).toContain('--service-time-max');
    expect(ended.stdout).not.toMatch(/--latency|--high|--batch/);
  });

  it('fits into 100 columns, without colours', () => {
    const widest = Math.max(...ended.stdout.split('\n').map((line) => line.length));

    expect(widest).toBeLessThanOrEqual(100);
    expect(ended.stdout).not.toContain('\u001b');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
  });
});
