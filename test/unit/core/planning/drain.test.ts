import { MaintenanceCalendar } from '../../../../lambdas/core/maintenance/calendar.js';
import { callsPerSecondMax, type Draining, drainOf } from '../../../../lambdas/core/planning/drain.js';

const NOW_MS = Date.parse('2030-01-31T12:00:00Z');

function draining(more: Partial<Draining> = {}): Draining {
  const backlog = { HIGH: 10, NORMAL: 20, BATCH: 70 };
  const calendar = new MaintenanceCalendar([], 0);
  return {
    ...{
      atMs: NOW_MS,
      backlog,
      paused: [],
      callsPerSecond: 10,
      closedForMs: 0,
      calendar,
      quotaRoom: Infinity,
    },
    ...more,
  };
}

const after = (durationMs: number) => ({ kind: 'after', durationMs });

describe('drainOf', () => {
  it('lets the more urgent classes go first', () => {
    expect(drainOf(draining())).toEqual({ HIGH: after(1_000), NORMAL: after(3_000), BATCH: after(10_000) });
  });

  it('adds the time for which the gate is closed', () => {
    expect(drainOf(draining({ closedForMs: 500 })).HIGH).toEqual(after(1_500));
  });

  it('adds the maintenance that falls into it, and the time before it in which no call starts', () => {
    const window = { days: ['THU'], from: '12:01', to: '12:31', timeZone: 'UTC' } as const;
    const calendar = new MaintenanceCalendar([window], 58_000);

    expect(drainOf(draining({ calendar }))).toEqual({
      HIGH: after(1_000),
      NORMAL: after(31 * 60_000 + 1_000),
      BATCH: after(31 * 60_000 + 8_000),
    });
    expect(drainOf(draining({ calendar, closedForMs: 60_000 })).HIGH).toEqual(after(31 * 60_000 + 1_000));
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
