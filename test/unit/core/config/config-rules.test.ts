import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

const faultsWith = (more: Parameters<typeof aConfigInput>[0]) =>
  faultsOf(() => parseConfig(aConfigInput(more)));

const callOf = (timeoutMs: number) => ({ getOrder: { effect: 'idempotent', timeoutMs } }) as const;

describe('a configuration whose fields do not fit together', () => {
  it('is refused where a limit has fewer calls than there are slots', () => {
    const limits = [
      { calls: 5, windowMs: 1_000 },
      { calls: 4, windowMs: 2_000 },
    ];

    expect(faultsWith({ limits, slots: 4 })).toEqual([]);
    expect(faultsWith({ limits, slots: 5 })).toEqual([
      'limits[1]: 4 calls per 2000 ms would leave some of the 5 slots without a call in a window; use at most 4 slots',
    ]);
  });

  it('is accepted where a quota has fewer calls than there are slots: they share it through the table', () => {
    expect(faultsWith({ limits: [{ calls: 1, windowMs: 300_001 }], slots: 4 })).toEqual([]);
  });

  it('is refused where the minimum shares exceed all turns', () => {
    const shares = (BATCH: number) => ({
      HIGH: { minShareRatio: 0.7 },
      NORMAL: { minShareRatio: 0.2 },
      BATCH: { minShareRatio: BATCH },
    });

    expect(faultsWith({ priorities: shares(0.1) })).toEqual([]);
    expect(faultsWith({ priorities: shares(0.11) })).toEqual([
      'priorities: the minimum shares HIGH 0.7 + NORMAL 0.2 + BATCH 0.11 = 1.01 exceed all turns; lower them to a sum of at most 1',
    ]);
  });

  it('is refused where a task times out before it counts as late', () => {
    const high = (ageObjectiveSeconds: number) => ({
      HIGH: { taskTimeoutSeconds: 600, ageObjectiveSeconds },
    });

    expect(faultsWith({ priorities: high(599) })).toEqual([]);
    expect(faultsWith({ priorities: high(600) })).toEqual([
      'priorities.HIGH: ageObjectiveSeconds 600 is not below taskTimeoutSeconds 600; a task would time out before it counts as late',
    ]);
  });

  it('is refused where calls are let in that time out before their turn', () => {
    const letIn = (seconds: number) =>
      faultsOf(() => parseConfig(aConfigInput({ intake: { backlogBudgetSeconds: { HIGH: seconds } } })));

    expect(letIn(3_599)).toEqual([]);
    expect(letIn(3_600)).toEqual([
      'intake.backlogBudgetSeconds: HIGH 3600 is not below its taskTimeoutSeconds 3600; calls would be taken that time out before their turn',
    ]);
  });

  it('is refused where a task times out before its message can be served again after a crash', () => {
    // Visibility: hold 1 s + call 3 s + settling 10 s = 14 s; crash wait: 5 s; so more than 2 * 14 + 5 = 33 s.
    // The least task timeout is 60 s, so a longer call is needed to get there: 2 * (1 + 30 + 10) + 5 = 87 s.
    const normal = (taskTimeoutSeconds: number) => ({
      operations: callOf(30_000),
      priorities: { NORMAL: { taskTimeoutSeconds, ageObjectiveSeconds: 10 } },
    });

    expect(faultsWith(normal(88))).toEqual([]);
    expect(faultsWith(normal(87))).toEqual([
      'priorities.NORMAL: taskTimeoutSeconds 87 leaves no time to serve a message again after a crash; allow more than 87 seconds',
    ]);
  });

  it('is refused where its function would need more time than Lambda allows', () => {
    const slow = (slotBudgetMs: number) => ({ slotBudgetMs, operations: callOf(500_000) });

    expect(faultsWith(slow(390_000))).toEqual([]);
    expect(faultsWith(slow(390_001))).toEqual([
      expect.stringMatching(/^slotBudgetMs 390001 and .* need a function timeout of 901 seconds/),
    ]);
  });

  it('is refused where the wait after a crash spends the budget of a slot', () => {
    expect(faultsWith({ slotBudgetMs: 5_001 })).toEqual([]);
    expect(faultsWith({ slotBudgetMs: 5_000 })).toEqual([
      expect.stringMatching(/^slotBudgetMs 5000 is spent by the wait of 5000 ms after a crash/),
    ]);
  });

  it('is refused where messages would be dead-lettered for having been deferred', () => {
    expect(faultsWith({ maxDeferrals: 15, maxReceiveCount: 20 })).toEqual([]);
    expect(faultsWith({ maxDeferrals: 16, maxReceiveCount: 20 })).toEqual([
      'maxReceiveCount 20 would dead-letter messages for having been deferred up to 16 times; allow at least 21',
    ]);
  });

  it('is refused where messages would be dead-lettered for having kept their place', () => {
    const ordered = (maxDeferrals: number) => faultsWith({ ordering: 'perKey', maxDeferrals });

    expect(ordered(7)).toEqual([]);
    expect(ordered(8)).toEqual([
      'maxReceiveCount 20 would dead-letter messages for having been given back in their place up to 16 times; allow at least 21',
    ]);
  });

  it('is refused for every such reason at once', () => {
    const faults = faultsWith({
      slotBudgetMs: 5_000,
      maxDeferrals: 16,
      priorities: { HIGH: { minShareRatio: 1 } },
    });

    expect(faults).toHaveLength(3);
  });

  it('is refused without times where it has no hold to derive them from', () => {
    expect(faultsWith({ slots: 2, slotBudgetMs: 1_000, maxDeferrals: 16 })).toEqual([
      expect.stringMatching(/^limits\[0\]: 1 call per 1000 ms/),
      expect.stringMatching(/^maxReceiveCount 20 would dead-letter/),
    ]);
  });
});
