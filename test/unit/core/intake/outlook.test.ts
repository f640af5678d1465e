import type { OrchestratorConfigInput } from '../../../../lambdas/core/config/orchestrator-config.js';
import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import { refusalOf } from '../../../../lambdas/core/intake/admit.js';
import { backlogBudgetMs, outlookFor } from '../../../../lambdas/core/intake/outlook.js';
import type { Standing } from '../../../../lambdas/core/intake/ports.js';
import { quotasOf } from '../../../../lambdas/core/quota/quotas.js';
import { aConfig } from '../../../support/a-config.js';
import { START_MS } from '../../../support/virtual-clock.js';

/** One call per second. */
const config = aConfig({ intake: {} });

function standing(waiting: readonly [high: number, normal: number, batch: number], control = {}): Standing {
  const [HIGH, NORMAL, BATCH] = waiting.map((count) => ({ waiting: count, inFlight: 0 }));
  const none = { waiting: 0, inFlight: 0 };
  return {
    atMs: START_MS,
    queues: { HIGH: HIGH ?? none, NORMAL: NORMAL ?? none, BATCH: BATCH ?? none },
    control: { ...OPEN_CONTROL, ...control },
    quotaBook: [],
  };
}

const withBudgets = (backlogBudgetSeconds: object, more: Partial<OrchestratorConfigInput> = {}) =>
  aConfig({ intake: { backlogBudgetSeconds }, ...more });

describe('the outlook for a call', () => {
  it('counts its own class and the more urgent ones before it', () => {
    const full = standing([2, 30, 400]);

    expect(outlookFor(config, full, 'HIGH')).toMatchObject({ position: 3, waitMsMin: 3_000 });
    expect(outlookFor(config, full, 'NORMAL')).toMatchObject({ position: 33, waitMsMin: 33_000 });
    expect(outlookFor(config, full, 'BATCH')).toMatchObject({ position: 433, waitMsMin: 433_000 });
  });

  it('does not count what waits beyond an allowance of its own class, but that of a more urgent one', () => {
    const { queues, ...rest } = standing([0, 0, 5]);
    const beyond = {
      ...rest,
      queues: { ...queues, NORMAL: { waiting: 30, waitingBeyond: 28, inFlight: 0 } },
    };

    expect(outlookFor(config, beyond, 'NORMAL')).toMatchObject({ position: 3, waitMsMin: 3_000 });
    expect(outlookFor(config, beyond, 'BATCH').position).toBe(36);
  });

  it('does not count what is paused before it', () => {
    expect(outlookFor(config, standing([50, 0, 1], { paused: ['HIGH'] }), 'BATCH')).toEqual({
      ...{ position: 2, waitMsMin: 2_000, unknownBecause: undefined },
    });
  });

  it('is unknown while its class is paused', () => {
    expect(outlookFor(config, standing([0, 5, 0], { paused: ['NORMAL'] }), 'NORMAL')).toEqual({
      position: 6,
      waitMsMin: 6_000,
      unknownBecause: 'paused',
    });
  });

  it('waits for the gate', () => {
    const closed = standing([0, 0, 0], { gateUntilMs: START_MS + 60_000 });

    expect(outlookFor(config, closed, 'HIGH').waitMsMin).toBe(61_000);
  });

  it('is unknown while slots refuse the limits set by hand', () => {
    const config = aConfig({ limits: [{ calls: 20, windowMs: 1_000 }], slots: 5 });
    const refused = standing([0, 5, 0], { limits: [{ calls: 2, windowMs: 1_000 }] });

    expect(outlookFor(config, refused, 'NORMAL')).toEqual({
      ...{ position: 6, waitMsMin: 0, unknownBecause: 'limitsRefused' },
    });
  });

  it('waits for a quota only where it is beyond what is left of it', () => {
    const perDay = aConfig({ limits: [{ calls: 100, windowMs: 86_400_000 }] });
    const renewsInMs = 3_600_000;
    const spanMs = quotasOf(perDay.limits, perDay.arrivalJitterMs)[0]?.spanMs ?? NaN;
    const waitMsMin = (used: number, waiting: number) =>
      outlookFor(
        perDay,
        {
          ...standing([waiting, 0, 0]),
          quotaBook: [{ calls: used, untilMs: START_MS + renewsInMs - spanMs }],
        },
        'HIGH',
      ).waitMsMin;

    expect(waitMsMin(99, 0)).toBe(0);
    expect(waitMsMin(100, 0)).toBe(renewsInMs);
    expect(waitMsMin(100, 99)).toBe(renewsInMs);
    expect(waitMsMin(100, 100)).toBe(spanMs);
  });

  it('waits for whole quotas to renew', () => {
    const perDay = aConfig({ limits: [{ calls: 100, windowMs: 86_400_000 }] });

    const soon = outlookFor(perDay, standing([99, 0, 0]), 'HIGH');
    const later = outlookFor(perDay, standing([350, 0, 0]), 'HIGH');

    expect(soon).toMatchObject({ unknownBecause: 'unpaced' });
    expect(later.unknownBecause).toBe('quota');
    expect(later.waitMsMin).toBeGreaterThanOrEqual(2 * 86_400_000);
    expect(later.waitMsMin).toBeLessThan(3 * 86_400_000);
  });

  it('is unknown where nothing paces the calls and some wait', () => {
    const unpaced = aConfig({ limits: [] });

    expect(outlookFor(unpaced, standing([0, 7, 0]), 'NORMAL')).toMatchObject({ unknownBecause: 'unpaced' });
    expect(outlookFor(unpaced, standing([0, 0, 9]), 'NORMAL')).toEqual({
      position: 1,
      waitMsMin: 0,
      unknownBecause: undefined,
    });
  });
});

describe('a call is refused', () => {
  const refused = (settings: typeof config, full: Standing, request: object) => {
    const priority = (request as { priority?: 'HIGH' }).priority ?? 'NORMAL';
    return refusalOf(settings, request, outlookFor(settings, full, priority), START_MS);
  };

  it('where its class would wait for longer than its budget, and told when to come back', () => {
    const settings = withBudgets({ BATCH: 60 });
    const full = standing([10, 10, 99]);

    expect(refused(settings, full, { priority: 'BATCH' })).toMatchObject({
      status: 503,
      detail: '119 calls go first and take 2 min at least; BATCH takes calls up to 1 min',
      priority: 'BATCH',
      retryAfterSeconds: 60,
    });
    expect(refused(settings, full, { priority: 'NORMAL' })).toBeUndefined();
    expect(refused(settings, standing([10, 10, 39]), { priority: 'BATCH' })).toBeUndefined();
  });

  it('by four fifths of its task timeout where no budget is configured', () => {
    expect(backlogBudgetMs(config, 'HIGH')).toBe(2_880_000);
    expect(backlogBudgetMs(withBudgets({ HIGH: 60 }), 'HIGH')).toBe(60_000);
    expect(backlogBudgetMs(aConfig(), 'HIGH')).toBe(2_880_000);
    expect(refused(config, standing([2_879, 0, 0]), { priority: 'HIGH' })).toBeUndefined();
    expect(refused(config, standing([2_880, 0, 0]), { priority: 'HIGH' })).toMatchObject({
      retryAfterSeconds: 1,
    });
  });

  it('where its deadline is out of reach, but not where another class would reach it', () => {
    const deadline = new Date(START_MS + 30_000).toISOString();
    const full = standing([5, 100, 0]);

    expect(refused(config, full, { deadline })).toMatchObject({
      type: 'urn:problem-type:rate-limited-orchestrator:deadline-out-of-reach',
      detail:
        '105 calls go first and take 1.8 min at least, but the deadline is in 30 s; allow more time, or use a more urgent priority',
      status: 409,
    });
    expect(refused(config, full, { deadline, priority: 'HIGH' })).toBeUndefined();
    expect(refused(config, standing([0, 29, 0]), { deadline })).toBeUndefined();
    expect(refused(config, standing([0, 30, 0]), { deadline })).not.toHaveProperty('retryAfterSeconds');
  });

  it('not for what waits now where it is to wait itself', () => {
    const notBefore = new Date(START_MS + 3_600_000).toISOString();

    const full = standing([0, 999, 0]);
    expect(refused(withBudgets({ NORMAL: 10 }), full, { notBefore })).toBeUndefined();
    const now = new Date(START_MS).toISOString();
    expect(refused(withBudgets({ NORMAL: 10 }), full, { notBefore: now })?.status).toBe(503);
  });

  it('never for longer than an hour', () => {
    expect(refused(withBudgets({ BATCH: 1 }), standing([0, 0, 90_000]), { priority: 'BATCH' })).toMatchObject(
      {
        retryAfterSeconds: 3_600,
      },
    );
  });
});
