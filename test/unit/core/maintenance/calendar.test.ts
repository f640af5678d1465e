import { timingsOf } from '../../../../lambdas/core/config/timings.js';
import { calendarOf, MaintenanceCalendar } from '../../../../lambdas/core/maintenance/calendar.js';
import { aConfig } from '../../../support/a-config.js';

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 1_440 * MINUTE_MS;

/** Saturday, 2026-07-04, from ten to half past eleven. */
const FROM_MS = Date.parse('2026-07-04T22:00Z');
const TO_MS = Date.parse('2026-07-04T23:30Z');

const saturdays = { days: ['SAT'], from: '22:00', to: '23:30', timeZone: 'UTC' } as const;

const aCalendar = (callRunsMaxMs = 18_000) => new MaintenanceCalendar([saturdays], callRunsMaxMs);

describe('the earliest start of a call', () => {
  it.each([
    ['long before a window', FROM_MS - MINUTE_MS, FROM_MS - MINUTE_MS],
    ['where the call just ends when a window begins', FROM_MS - 18_000, FROM_MS - 18_000],
    ['where the call could still be running then', FROM_MS - 17_999, TO_MS],
    ['within a window', FROM_MS + 1, TO_MS],
    ['at its very end', TO_MS, TO_MS],
  ])('%s', (_, startMs, earliestMs) => {
    expect(aCalendar().earliestStartMs(startMs)).toBe(earliestMs);
  });

  it('is the end of a second window where the time between two is too short for a call', () => {
    const second = { ...saturdays, from: '23:31', to: '23:45' };
    const calendar = new MaintenanceCalendar([second, saturdays], 2 * MINUTE_MS);

    expect(calendar.earliestStartMs(FROM_MS)).toBe(Date.parse('2026-07-04T23:45Z'));
  });

  it('is found also far ahead, and again before that', () => {
    const calendar = aCalendar();

    expect(calendar.earliestStartMs(FROM_MS + 52 * WEEK_MS)).toBe(TO_MS + 52 * WEEK_MS);
    expect(calendar.earliestStartMs(FROM_MS)).toBe(TO_MS);
  });

  it('is now where there is no maintenance', () => {
    const calendar = new MaintenanceCalendar([], 18_000);

    expect(calendar.earliestStartMs(FROM_MS)).toBe(FROM_MS);
    expect(calendar.nextAt(FROM_MS).fromMs).toBe(Infinity);
  });
});

describe('the next window', () => {
  it('is the one that has begun, and from its end on the next', () => {
    const calendar = aCalendar();

    expect(calendar.nextAt(FROM_MS + 1)).toEqual({ fromMs: FROM_MS, toMs: TO_MS });
    expect(calendar.nextAt(TO_MS - 1)).toEqual({ fromMs: FROM_MS, toMs: TO_MS });
    expect(calendar.nextAt(TO_MS)).toEqual({ fromMs: FROM_MS + WEEK_MS, toMs: TO_MS + WEEK_MS });
  });
});

describe('a calendar that is asked week after week', () => {
  it('knows the window of each', () => {
    const calendar = aCalendar();

    for (let week = 0; week < 20; week += 1)
      expect(calendar.nextAt(FROM_MS + week * WEEK_MS).fromMs).toBe(FROM_MS + week * WEEK_MS);
  });
});

describe('the end of work', () => {
  it('is as late as the work takes where no window comes', () => {
    expect(aCalendar().endOfWorkMs(TO_MS, MINUTE_MS)).toBe(TO_MS + MINUTE_MS);
  });

  it('is later by each window in between, and the time before it in which no call may start', () => {
    const calendar = aCalendar();
    const startMs = FROM_MS - 5 * MINUTE_MS - 18_000;

    expect(calendar.endOfWorkMs(startMs, 5 * MINUTE_MS)).toBe(FROM_MS - 18_000);
    expect(calendar.endOfWorkMs(startMs, 7 * MINUTE_MS)).toBe(TO_MS + 2 * MINUTE_MS);
    expect(calendar.endOfWorkMs(startMs, WEEK_MS)).toBe(startMs + WEEK_MS + 2 * (TO_MS - FROM_MS + 18_000));
  });

  it('counts from the end of a window that has begun', () => {
    expect(aCalendar().endOfWorkMs(FROM_MS + 1, MINUTE_MS)).toBe(TO_MS + MINUTE_MS);
  });
});

describe('the calendar of a configuration', () => {
  const maintenance = [{ days: ['SAT' as const], from: '22:00', to: '22:10' }];
  it('is always the same, and of that configuration alone', () => {
    const config = aConfig({ maintenance });

    expect(calendarOf(config)).toBe(calendarOf(config));
    expect(calendarOf(config).nextAt(FROM_MS)).toEqual({ fromMs: FROM_MS, toMs: FROM_MS + 10 * MINUTE_MS });
    expect(calendarOf(aConfig()).nextAt(FROM_MS).fromMs).toBe(Infinity);
  });

  it('leaves each call the time that it may take', () => {
    const config = aConfig({ maintenance, serviceTimeMaxMs: 5_000 });
    const latestMs = FROM_MS - timingsOf(config).callRunsMaxMs;

    expect(calendarOf(config).earliestStartMs(latestMs)).toBe(latestMs);
    expect(calendarOf(config).earliestStartMs(latestMs + 1)).toBe(FROM_MS + 10 * MINUTE_MS);
  });
});
