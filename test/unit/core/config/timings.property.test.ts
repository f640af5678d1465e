import fc from 'fast-check';
import type { OrchestratorConfig } from '../../../../lambdas/core/config/orchestrator-config.js';
import {
  BELL_DELAY_MAX_SECONDS,
  CREDENTIALS_MAX_MS,
  MAPPING_MAX_MS,
  RESULT_STORE_MAX_MS,
  SETTLE_BUDGET_MS,
  timingsOf,
} from '../../../../lambdas/core/config/timings.js';
import { PRIORITIES } from '../../../../lambdas/core/contracts/priority.js';
import { aConfig, anOperation } from '../../../support/a-config.js';
import { SEED } from '../../../support/seed.js';

// Goal: the times that stack and worker share add up, whatever the configuration.
// Method: random configurations, each time compared with the sum of what it has to outlast.

interface Sample {
  readonly config: OrchestratorConfig;
  /** With its credentials and mappings, and with storing its result. */
  readonly longestCallMs: number;
}

const LOOKUP = { method: 'POST', path: '', body: '$', executed: 'true', result: '$' } as const;

const samples: fc.Arbitrary<Sample> = fc
  .record({
    calls: fc.integer({ min: 1, max: 100 }),
    windowMs: fc.integer({ min: 1, max: 300_000 }),
    arrivalJitterMs: fc.nat({ max: 1_000 }),
    serviceTimeMaxMs: fc.integer({ min: 1, max: 600_000 }),
    slotBudgetMs: fc.integer({ min: 1_000, max: 600_000 }),
    timeoutsMs: fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 4 }),
    maps: fc.boolean(),
    offloads: fc.boolean(),
    fetches: fc.boolean(),
  })
  .map(({ calls, windowMs, timeoutsMs, maps, offloads, fetches, ...times }) => {
    const operations = timeoutsMs.map(
      (timeoutMs, index) =>
        [`op${index}`, anOperation({ timeoutMs, ...(maps ? { body: '$', lookup: LOOKUP } : {}) })] as const,
    );
    const config = {
      ...aConfig(),
      ...times,
      limits: [{ calls, windowMs }],
      operations: Object.fromEntries(operations),
      ...(fetches ? { credentials: { kind: 'bearer' as const, secret: 's' } } : {}),
      ...(offloads ? { resultOffload: { bytesMax: 5_242_880, retentionDays: 30 } } : {}),
    };
    const aroundMs =
      (fetches ? CREDENTIALS_MAX_MS : 0) +
      (maps ? 3 * MAPPING_MAX_MS : 0) +
      (offloads ? RESULT_STORE_MAX_MS : 0);
    return { config, longestCallMs: Math.max(...timeoutsMs) + aroundMs };
  });

const holdsFor = (judge: (sample: Sample) => void) =>
  fc.assert(fc.property(samples, judge), { seed: SEED, numRuns: 300 });

describe(`timingsOf (SEED=${SEED})`, () => {
  it('hides a message until its hold, its call and its settling are over', () => {
    holdsFor(({ config, longestCallMs }) => {
      const { visibilityTimeoutSeconds, holdMs } = timingsOf(config);

      expect(visibilityTimeoutSeconds * 1_000).toBeGreaterThanOrEqual(
        holdMs + longestCallMs + SETTLE_BUDGET_MS,
      );
    });
  });

  it('hides a message that keeps its place until the legacy API is done with the call of a slot that died', () => {
    holdsFor(({ config }) => {
      const { visibilityTimeoutSeconds, holdMs, callRunsMaxMs } = timingsOf({
        ...config,
        ordering: 'perKey',
      });

      expect(visibilityTimeoutSeconds * 1_000).toBeGreaterThanOrEqual(holdMs + callRunsMaxMs);
    });
  });

  it('gives a slot time for a call that starts at the very end of its budget, and to settle it', () => {
    holdsFor(({ config, longestCallMs }) => {
      const functionTimeoutMs = timingsOf(config).functionTimeoutSeconds * 1_000;

      expect(functionTimeoutMs).toBeGreaterThanOrEqual(
        config.slotBudgetMs + longestCallMs + SETTLE_BUDGET_MS,
      );
    });
  });

  it('gives a slot time to wait until it weighs on the legacy API no more', () => {
    holdsFor(({ config }) => {
      const { functionTimeoutSeconds, holdMs } = timingsOf(config);
      const weighsMs = Math.max(holdMs, config.serviceTimeMaxMs + config.arrivalJitterMs);

      expect(functionTimeoutSeconds * 1_000).toBeGreaterThanOrEqual(config.slotBudgetMs + weighsMs);
    });
  });

  it('hides a bell until its slot can no longer be running', () => {
    holdsFor(({ config }) => {
      const { doorbellVisibilitySeconds, doorbellRetentionSeconds, functionTimeoutSeconds } =
        timingsOf(config);

      expect(doorbellVisibilitySeconds).toBeGreaterThanOrEqual(functionTimeoutSeconds);
      expect(doorbellRetentionSeconds).toBeGreaterThan(doorbellVisibilitySeconds);
    });
  });

  it('keeps a bell until it rings, however long it is delayed', () => {
    holdsFor(({ config }) => {
      expect(timingsOf(config).doorbellRetentionSeconds).toBeGreaterThanOrEqual(BELL_DELAY_MAX_SECONDS + 60);
    });
  });

  it('keeps messages longer than any task waits, and dead letters longer still', () => {
    holdsFor(({ config }) => {
      const { queueRetentionSeconds, deadLetterRetentionSeconds } = timingsOf(config);

      for (const priority of PRIORITIES) {
        const { taskTimeoutSeconds } = config.priorities[priority];
        expect(queueRetentionSeconds[priority]).toBeGreaterThan(taskTimeoutSeconds);
        expect(deadLetterRetentionSeconds).toBeGreaterThan(queueRetentionSeconds[priority]);
      }
    });
  });
});
