import { capacityPlan } from '../../../../lambdas/core/planning/capacity-plan.js';
import type { PlanInput } from '../../../../lambdas/core/planning/plan-input.js';
import { aConfig } from '../../../support/a-config.js';
import { aDemand, aPlanInput } from '../../../support/a-plan-input.js';

const warningsWith = (more: Partial<PlanInput>) => capacityPlan(aPlanInput(more)).warnings;

const TWENTY_A_SECOND = [{ calls: 20, windowMs: 1_000 }];

describe('a plan warns', () => {
  it('of nothing where the demand fits', () => {
    expect(warningsWith({})).toEqual([]);
  });

  it('of a demand above the limit, with its arithmetic', () => {
    const warnings = warningsWith({ demand: aDemand({ high: 1, normal: 1, batch: 0 }) });

    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^The demand exceeds .*HIGH 1\/s \+ NORMAL 1\/s = 2\/s, but only 1\.6\d\/s can be made/,
      ),
    );
  });

  it('of a class that starves at its minimum share', () => {
    const warnings = warningsWith({ demand: aDemand({ high: 3, normal: 0.5, batch: 0 }) });

    expect(warnings).toContainEqual(
      expect.stringMatching(/^NORMAL starves at its minimum share: .* 5 % of the turns/),
    );
  });

  it('of a class that gets less than it asks for', () => {
    const warnings = warningsWith({ demand: aDemand({ high: 0.1, normal: 3, batch: 0 }) });

    expect(warnings).toContainEqual(
      expect.stringMatching(/^NORMAL gets less than it asks for: 1\.\d+\/s of 3\/s/),
    );
  });

  it('of a class without a share', () => {
    const warnings = warningsWith({ minShares: { HIGH: 0.5, NORMAL: 0.05, BATCH: 0 } });

    expect(warnings).toEqual([expect.stringMatching(/^BATCH has no minimum share: /)]);
  });

  it('of a hold far below the p99, with the slots that would do', () => {
    const warnings = warningsWith({ limits: TWENTY_A_SECOND, slots: 5 });

    expect(warnings).toEqual([
      expect.stringMatching(
        /^5 slots can use only 5\d % of the limit: .*258 ms.*1\.5 s.* 20 slots would use 95 %/,
      ),
    ]);
  });

  it('of more slots than calls in a window', () => {
    const warnings = warningsWith({ limits: TWENTY_A_SECOND, slots: 30 });

    expect(warnings).toEqual([expect.stringMatching(/^30 slots are more than the 20 calls/)]);
  });

  it('of more slots than the API bears in flight', () => {
    const warnings = warningsWith({ slots: 5, inFlightMax: 2 });

    expect(warnings).toContainEqual(expect.stringMatching(/^5 slots are more calls in flight than the 2/));
  });

  it('of many slots that stay bunched', () => {
    const warnings = warningsWith({ slots: 50, callsSimulated: 2_000 });

    expect(warnings).toEqual([
      expect.stringMatching(/^HIGH waits up to .* with 50 slots, against .* with 2 slots/),
    ]);
  });

  it('of a BATCH that is not done by morning, with what would be left', () => {
    const warnings = warningsWith({ demand: aDemand({ batch: 40_000 }) });

    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^BATCH is not done by morning: it takes 1\d h, but the night has 8 h\..* of 40,000 calls/,
      ),
    );
  });

  it('of a quota that leaves too little unreserved', () => {
    const warnings = warningsWith({ concurrencyQuota: 101 });

    expect(warnings).toEqual([expect.stringMatching(/2 \+ 100 unreserved = 102, but the account has 101/)]);
  });

  it('of tasks that time out before they are served, and of objectives that are missed as a rule', () => {
    const classes = { taskTimeoutSeconds: 300, ageObjectiveSeconds: 1 };
    const configured = aConfig({
      limits: [{ calls: 100, windowMs: 60_000 }],
      slots: 2,
      priorities: { HIGH: classes, BATCH: classes },
    });
    const warnings = warningsWith({ configured, slots: 2 });

    expect(warnings).toEqual([
      expect.stringMatching(/^BATCH tasks time out before they are served: taskTimeoutSeconds is 300 /),
      expect.stringMatching(/^HIGH misses its age objective as a rule: ageObjectiveSeconds is 1, /),
      expect.stringMatching(/^BATCH misses its age objective as a rule: /),
    ]);
  });

  it('of operations whose timeout is shorter than the p99', () => {
    const configured = aConfig({
      operations: { getOrder: { effect: 'idempotent', timeoutMs: 1_000 } },
    });
    const warnings = warningsWith({ configured });

    expect(warnings).toEqual([
      expect.stringMatching(/^More than one call in a hundred is given up .* 1000 at most/),
    ]);
  });
});
