import type { OrchestratorConfig } from '../../../../lambdas/core/config/orchestrator-config.js';
import {
  operationTimeoutMs,
  recommendedConfig,
  serviceTimeMaxMs,
  slotBudgetMs,
} from '../../../../lambdas/core/planning/recommended-config.js';
import { settingsOf } from '../../../../lambdas/core/planning/settings.js';
import type { Wait } from '../../../../lambdas/core/planning/predicted-waits.js';
import { aConfig } from '../../../support/a-config.js';
import { aPlanInput } from '../../../support/a-plan-input.js';

const aWait = (p99Ms: number): Wait => ({ p50Ms: p99Ms / 2, p99Ms, grows: false });

const DAY_SECONDS = 86_400;

describe('the recommended time for an answer', () => {
  it('is long for one call in a hundred thousand: 5.7 s where the median is 300 ms and the p99 1.5 s', () => {
    expect(operationTimeoutMs(aPlanInput())).toBe(6_000);
  });

  it('is twice the p99 where calls hardly differ', () => {
    expect(operationTimeoutMs(aPlanInput({ latency: { p50Ms: 1_800, p99Ms: 1_900 } }))).toBe(4_000);
  });

  it('counts twice as what the API may work on a call, where nobody knows', () => {
    expect(serviceTimeMaxMs(aPlanInput({ serviceTimeMaxMs: undefined }))).toBe(12_000);
    expect(serviceTimeMaxMs(aPlanInput({ serviceTimeMaxMs: 9_000 }))).toBe(9_000);
  });
});

describe('the recommended budget of a slot', () => {
  it('is a minute', () => {
    expect(slotBudgetMs(aPlanInput())).toBe(60_000);
  });

  it('is twice the wait after a crash where that is longer', () => {
    // 2 x (60,000 + 30) ms, in a duration that people write.
    expect(slotBudgetMs(aPlanInput({ serviceTimeMaxMs: 60_000 }))).toBe(180_000);
    expect(slotBudgetMs(aPlanInput({ serviceTimeMaxMs: 60_000, arrivalJitterMs: 0 }))).toBe(120_000);
  });

  it('is the configured one where there is a configuration', () => {
    expect(slotBudgetMs(aPlanInput({ configured: aConfig({ slotBudgetMs: 45_000 }) }))).toBe(45_000);
  });
});

describe('the recommended configuration', () => {
  const waits = { HIGH: aWait(1_000), NORMAL: aWait(100_000), BATCH: aWait(1e10) };
  let config: OrchestratorConfig;

  beforeEach(() => {
    config = recommendedConfig(aPlanInput(), 2, waits);
  });

  it('tells people of a wait twice as long as that of one message in a hundred, and of none below 5 s', () => {
    expect(config.priorities.HIGH.ageObjectiveSeconds).toBe(5);
    expect(config.priorities.NORMAL.ageObjectiveSeconds).toBe(240);
  });

  it('lets a task survive a pause of an hour, its wait and a redelivery', () => {
    expect(config.priorities.HIGH.taskTimeoutSeconds).toBe(5_400);
    expect(config.priorities.NORMAL.taskTimeoutSeconds).toBe(5_400);
    // 3,600 s, twice 900 s, 46 s for a redelivery, and the call.
    const long = recommendedConfig(aPlanInput(), 2, { ...waits, HIGH: aWait(900_000) });
    expect(long.priorities.HIGH.taskTimeoutSeconds).toBe(7_200);
    // Where a call may take ten minutes, so may the one before a redelivery, and the wait for its crash.
    const slow = aPlanInput({ serviceTimeMaxMs: 1_900_000 });
    expect(recommendedConfig(slow, 2, waits).priorities.HIGH.taskTimeoutSeconds).toBe(7_200);
  });

  it('never lets a task outlast its queue, nor an objective its task', () => {
    expect(config.priorities.BATCH).toMatchObject({
      taskTimeoutSeconds: 13 * DAY_SECONDS,
      ageObjectiveSeconds: 13 * DAY_SECONDS - 1,
    });
  });

  it('is ready for a class of which nothing comes', () => {
    const { HIGH } = recommendedConfig(aPlanInput(), 2, { ...waits, HIGH: undefined }).priorities;

    expect(HIGH).toEqual({ minShareRatio: 0.5, taskTimeoutSeconds: 5_400, ageObjectiveSeconds: 5 });
  });

  it('keeps limits, shares, jitter and memory of the plan', () => {
    expect(config).toMatchObject({
      ...{ limits: [{ calls: 100, windowMs: 60_000 }], slots: 2, arrivalJitterMs: 30, memoryMb: 512 },
      priorities: { NORMAL: { minShareRatio: 0.05 } },
    });
  });

  it('gives every configured operation the time for an answer, and leaves the rest as it is', () => {
    const configured = aConfig();
    const { operations, name } = recommendedConfig(aPlanInput({ configured }), 2, waits);

    expect(name).toBe(configured.name);
    expect(Object.keys(operations)).toEqual(Object.keys(configured.operations));
    for (const { timeoutMs } of Object.values(operations)) expect(timeoutMs).toBe(6_000);
  });

  it('comes to these settings', () => {
    expect(settingsOf(config)).toEqual({
      slots: 2,
      priorities: config.priorities,
      serviceTimeMaxMs: 10_000,
      slotBudgetMs: 60_000,
      // (60,000 + 30) ms / 50 calls of each slot.
      holdMs: 1_201,
      operationTimeoutMs: 6_000,
      visibilityTimeoutSeconds: 18,
      functionTimeoutSeconds: 81,
      doorbellVisibilitySeconds: 81,
    });
  });

  it('counts the longest time that any operation has', () => {
    const configured = aConfig({
      operations: {
        quick: { effect: 'idempotent', timeoutMs: 1_000 },
        slow: { effect: 'idempotent', timeoutMs: 7_000 },
      },
    });

    expect(settingsOf(configured).operationTimeoutMs).toBe(7_000);
  });
});
