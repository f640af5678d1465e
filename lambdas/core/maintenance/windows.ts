import { DAYS, type MaintenanceWindow } from '../contracts/maintenance.js';
import { WallClock } from './wall-clock.js';

/** A stretch of time in which no call may be running. Epoch milliseconds; the end is no longer part of it. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

const MS_PER_DAY = 86_400_000;

/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = DAYS.indexOf('THU');

const WEEKS_PER_YEAR = 53;

/** Any year will do: clocks change on the same weekdays each year. */
const YEAR_MS = Date.UTC(2026, 0, 1);

/** Two weeks: what comes each week shows in them, also across the end of a week. */
const SAMPLE: Interval = { fromMs: YEAR_MS, toMs: YEAR_MS + 14 * MS_PER_DAY };

/**
 * When the windows fall that touch this interval, in order; those which touch one another are one.
 *
 * Where clocks change, a window that begins or ends at a time which is skipped or comes twice is never shorter than
 * either reading of it.
 */
export function maintenanceIn(windows: readonly MaintenanceWindow[], within: Interval): readonly Interval[] {
  const touching = windows
    .flatMap((window) => eachOf(window, within))
    .filter(({ fromMs, toMs }) => toMs > within.fromMs && fromMs < within.toMs);
  return merged(touching);
}

/**
 * The longest that calls may have to wait at once, without the time before it in which none is begun any more; Infinity
 * where the windows leave no time at all.
 */
export function longestMaintenanceMs(windows: readonly MaintenanceWindow[]): number {
  const [first] = maintenanceIn(windows, SAMPLE);
  if (first !== undefined && first.toMs >= SAMPLE.toMs) return Infinity;
  const zones = [...new Set(windows.map(({ timeZone }) => timeZone))];
  return [SAMPLE, ...zones.flatMap(weeksOfChange)]
    .flatMap((sample) => maintenanceIn(windows, sample))
    .reduce((longest, { fromMs, toMs }) => Math.max(longest, toMs - fromMs), 0);
}

/** The weeks of a year in which the clock is set, with a day before and after. */
function weeksOfChange(timeZone: string): readonly Interval[] {
  const clock = new WallClock(timeZone);
  return Array.from({ length: WEEKS_PER_YEAR }, (_, week) => YEAR_MS + 7 * week * MS_PER_DAY)
    .filter((weekMs) => clock.isSetBetween(weekMs, weekMs + 7 * MS_PER_DAY))
    .map((weekMs) => ({ fromMs: weekMs - MS_PER_DAY, toMs: weekMs + 8 * MS_PER_DAY }));
}

/** Whether there is a stretch of this length between two windows, in any week. */
export function leavesTimeFor(windows: readonly MaintenanceWindow[], durationMs: number): boolean {
  const intervals = maintenanceIn(windows, SAMPLE);
  return (
    intervals.length === 0 ||
    intervals.some(({ toMs }, index) => (intervals[index + 1]?.fromMs ?? -Infinity) - toMs >= durationMs)
  );
}

function eachOf({ days, from, to, timeZone }: MaintenanceWindow, within: Interval): readonly Interval[] {
  const clock = new WallClock(timeZone);
  const [begins, ends] = [minuteOf(from), minuteOf(to)];
  const endsNextDay = ends <= begins;
  const firstDay = clock.dayOf(within.fromMs) - MS_PER_DAY;
  const count = Math.ceil((clock.dayOf(within.toMs) - firstDay) / MS_PER_DAY) + 1;
  return Array.from({ length: count }, (_, index) => firstDay + index * MS_PER_DAY)
    .filter((day) => days.includes(weekdayOf(day)))
    .map((day) => ({
      fromMs: clock.read(day, begins).earliestMs,
      toMs: clock.read(endsNextDay ? day + MS_PER_DAY : day, ends).latestMs,
    }));
}

function merged(intervals: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  for (const next of [...intervals].sort((one, other) => one.fromMs - other.fromMs)) {
    const last = result.at(-1);
    if (last === undefined || next.fromMs > last.toMs) result.push(next);
    else result[result.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, next.toMs) };
  }
  return result;
}

function weekdayOf(dayMs: number): (typeof DAYS)[number] {
  const index = (Math.floor(dayMs / MS_PER_DAY) + FIRST_WEEKDAY) % DAYS.length;
  return DAYS[(index + DAYS.length) % DAYS.length] ?? 'MON';
}

/** Of `22:30`. */
function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
