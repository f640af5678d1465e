import { EXAMPLE, runPlan } from './support/run-plan.js';

interface Plan {
  readonly chosen: { readonly slots: number; readonly limitUsedRatio: number };
  readonly recommended: { readonly holdMs: number };
  readonly bill: readonly { readonly source: string }[];
  readonly warnings: readonly string[];
}

describe('rlo plan --json', () => {
  it('prints the whole plan, the same each time', async () => {
    const [first, second] = await Promise.all([runPlan(...EXAMPLE, '--json'), runPlan(...EXAMPLE, '--json')]);
    const plan = JSON.parse(first.stdout) as Plan;

    expect(plan).toMatchObject({ chosen: { slots: 2 }, recommended: { holdMs: 1_201 }, warnings: [] });
    expect(plan.bill.length).toBeGreaterThan(5);
    expect(second.stdout).toBe(first.stdout);
  }, 60_000);
});
