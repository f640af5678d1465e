import { runPlan } from './support/run-plan.js';

describe('rlo plan --help', () => {
  it('explains units, figures and examples in 100 columns, and exits with 0', async () => {
    const { code, stdout } = await runPlan('--help');

    expect(code).toBe(0);
    for (const part of ['Options:', 'Units', 'What to put in', 'What to look at first', 'Examples'])
      expect(stdout).toContain(part);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  }, 30_000);
});
