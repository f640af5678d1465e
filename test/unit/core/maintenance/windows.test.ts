import type { MaintenanceWindow } from '../../../../lambdas/core/contracts/maintenance.js';
import {
  leavesTimeFor,
  longestMaintenanceMs,
  maintenanceIn,
} from '../../../../lambdas/core/maintenance/windows.js';

const HOUR_MS = 3_600_000;

const aWindow = (more: Partial<MaintenanceWindow> = {}): MaintenanceWindow => ({
  days: ['SUN'],
  from: '01:30',
  to: '03:30',
  timeZone: 'Europe/Zurich',
  ...more,
});

function spans(windows: readonly MaintenanceWindow[], from: string, to: string): readonly string[] {
  return maintenanceIn(windows, { fromMs: Date.parse(from), toMs: Date.parse(to) }).map(
    ({ fromMs, toMs }) => `${iso(fromMs)}/${iso(toMs)}`,
  );
}

const iso = (instantMs: number) => new Date(instantMs).toISOString().slice(0, 16);

describe('a maintenance window', () => {
  it('comes on its days, by the clock of its zone', () => {
    expect(spans([aWindow({ days: ['SAT', 'MON'] })], '2026-07-01T00:00Z', '2026-07-08T00:00Z')).toEqual([
      '2026-07-03T23:30/2026-07-04T01:30',
      '2026-07-05T23:30/2026-07-06T01:30',
    ]);
  });

  it('that ends no later than it begins ends on the next day', () => {
    const overnight = aWindow({ days: ['SAT'], from: '22:00', to: '02:00', timeZone: 'UTC' });

    expect(spans([overnight], '2026-07-05T01:00Z', '2026-07-05T01:01Z')).toEqual([
      '2026-07-04T22:00/2026-07-05T02:00',
    ]);
  });

  it('that ends when it begins lasts for a day', () => {
    const always = aWindow({ days: ['SAT'], from: '22:00', to: '22:00', timeZone: 'UTC' });

    expect(spans([always], '2026-07-05T00:00Z', '2026-07-05T00:01Z')).toEqual([
      '2026-07-04T22:00/2026-07-05T22:00',
    ]);
  });

  it('does not touch what ends when it begins, or begins when it ends', () => {
    const daily = aWindow({ days: ['SAT', 'SUN'], from: '08:00', to: '09:00', timeZone: 'UTC' });

    expect(spans([daily], '2026-07-04T09:00Z', '2026-07-05T08:00Z')).toEqual([]);
    expect(spans([daily], '2026-07-04T08:59Z', '2026-07-05T08:01Z')).toEqual([
      '2026-07-04T08:00/2026-07-04T09:00',
      '2026-07-05T08:00/2026-07-05T09:00',
    ]);
  });

  it.each([
    ['one hour where the clock skips one', '2026-03-29', '2026-03-29T00:30/2026-03-29T01:30'],
    ['three hours where the clock repeats one', '2026-10-25', '2026-10-24T23:30/2026-10-25T02:30'],
  ])('from half past one to half past three takes %s', (_, day, span) => {
    expect(spans([aWindow()], `${day}T00:00Z`, `${day}T04:00Z`)).toEqual([span]);
  });

  it('that begins at a time which is skipped begins by the earlier reading of it, and ends by the later', () => {
    expect(spans([aWindow({ from: '02:30' })], '2026-03-29T00:00Z', '2026-03-29T04:00Z')).toEqual([
      '2026-03-29T00:30/2026-03-29T01:30',
    ]);
    expect(spans([aWindow({ to: '02:30' })], '2026-03-29T00:00Z', '2026-03-29T04:00Z')).toEqual([
      '2026-03-29T00:30/2026-03-29T01:30',
    ]);
  });

  it('is one with those that it touches', () => {
    const windows = [
      aWindow({ from: '03:30', to: '04:00' }),
      aWindow(),
      aWindow({ from: '04:01', to: '04:30' }),
    ];

    expect(spans(windows, '2026-07-05T00:00Z', '2026-07-06T00:00Z')).toEqual([
      '2026-07-04T23:30/2026-07-05T02:00',
      '2026-07-05T02:01/2026-07-05T02:30',
    ]);
  });
});

describe('the longest maintenance', () => {
  it('is that of the windows that touch, in the week in which the clock is set back', () => {
    const windows = [aWindow({ timeZone: 'UTC' }), aWindow({ from: '03:30', to: '06:30', timeZone: 'UTC' })];

    expect(longestMaintenanceMs(windows)).toBe(5 * HOUR_MS);
    expect(longestMaintenanceMs([aWindow()])).toBe(3 * HOUR_MS);
    expect(longestMaintenanceMs([aWindow({ days: ['SAT'] })])).toBe(2 * HOUR_MS);
    expect(longestMaintenanceMs([])).toBe(0);
  });

  it('is as long on the last day of a week as on any other', () => {
    const overnight = aWindow({ days: ['WED'], from: '23:00', to: '01:00', timeZone: 'UTC' });

    expect(longestMaintenanceMs([overnight])).toBe(2 * HOUR_MS);
  });

  it('begins the day before the clock is set', () => {
    // On the last Thursday of October, at midnight.
    const thursdays = aWindow({ days: ['THU'], from: '00:30', to: '23:30', timeZone: 'Africa/Cairo' });

    expect(longestMaintenanceMs([thursdays])).toBe(24 * HOUR_MS);
  });

  it('never ends where the windows leave no time at all', () => {
    const days = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
    const late = aWindow({ days, from: '03:00', to: '00:00' });

    expect(longestMaintenanceMs([late, aWindow({ days, from: '00:00', to: '22:00' })])).toBe(Infinity);
    expect(longestMaintenanceMs([late])).toBeLessThan(24 * HOUR_MS);
    const halves = [
      aWindow({ days, from: '00:00', to: '12:00', timeZone: 'UTC' }),
      aWindow({ days, from: '12:00', to: '00:00', timeZone: 'UTC' }),
    ];
    expect(longestMaintenanceMs(halves)).toBe(Infinity);
  });
});

describe('the time between two maintenances', () => {
  const days = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
  const almostAlways = [aWindow({ days, from: '00:10', to: '00:00', timeZone: 'UTC' })];

  it('suffices for as long as it lasts', () => {
    expect(leavesTimeFor(almostAlways, HOUR_MS / 6)).toBe(true);
    expect(leavesTimeFor(almostAlways, HOUR_MS / 6 + 1)).toBe(false);
    expect(leavesTimeFor([], Infinity)).toBe(true);
  });

  it('is none where the windows touch all around the week', () => {
    const always = [...almostAlways, aWindow({ days, from: '00:00', to: '00:10', timeZone: 'UTC' })];

    expect(leavesTimeFor(always, 1)).toBe(false);
  });
});
