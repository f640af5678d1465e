import { callsPerSecondMax, type Draining, drainOf } from '../../../../lambdas/core/planning/drain.js';

function draining(more: Partial<Draining> = {}): Draining {
  const backlog = { HIGH: 10, NORMAL: 20, BATCH: 70 };
  return { backlog, paused: [], callsPerSecond: 10, closedForMs: 0, quotaRoom: Infinity, ...more };
}

const after = (durationMs: number) => ({ kind: 'after', durationMs });

describe('drainOf', () => {
  it('lets the more urgent classes go first', () => {
    expect(drainOf(draining())).toEqual({ HIGH: after(1_000), NORMAL: after(3_000), BATCH: after(10_000) });
  });

  it('adds the time for which the gate is closed', () => {
    expect(drainOf(draining({ closedForMs: 500 })).HIGH).toEqual(after(1_500));
  });

  it('leaves paused classes out', () => {
    expect(drainOf(draining({ paused: ['NORMAL'] }))).toMatchObject({
      NORMAL: { kind: 'paused' },
      BATCH: after(8_000),
    });
  });

  it('predicts nothing beyond the quota', () => {
    expect(drainOf(draining({ quotaRoom: 30 }))).toMatchObject({
      NORMAL: after(3_000),
      BATCH: { kind: 'outOfQuota' },
    });
  });

  it('predicts nothing where no limit paces the calls', () => {
    expect(drainOf(draining({ callsPerSecond: Infinity })).HIGH).toEqual({ kind: 'unpaced' });
  });

  it('has nothing to predict for an empty class', () => {
    const backlog = { HIGH: 0, NORMAL: 0, BATCH: 1 };

    expect(drainOf(draining({ backlog, paused: ['HIGH'] })).HIGH).toEqual({ kind: 'empty' });
  });
});

describe('callsPerSecondMax', () => {
  it('is what all slots start together, one call for each hold', () => {
    expect(callsPerSecondMax(5, 250)).toBe(20);
  });

  it('is infinite without a hold', () => {
    expect(callsPerSecondMax(5, 0)).toBe(Infinity);
  });
});
