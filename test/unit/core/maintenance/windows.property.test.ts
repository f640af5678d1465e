import fc from 'fast-check';
import { DAYS, type MaintenanceWindow } from '../../../../lambdas/core/contracts/maintenance.js';
import {
  type Interval,
  longestMaintenanceMs,
  maintenanceIn,
} from '../../../../lambdas/core/maintenance/windows.js';
import { SEED } from '../../../support/seed.js';

// Goal: a window is exactly where the clock on the wall says, also where clocks change.
// Method: random windows in zones that change their clocks at odd times and by odd amounts, judged minute by minute
// by the clock itself.

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

const ZONES = [
  ...['UTC', 'Europe/Zurich', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'],
  ...['America/St_Johns', 'Pacific/Chatham', 'Africa/Casablanca', 'America/Santiago', 'Pacific/Apia'],
];

/** Days of 2026 around which some of these zones change their clocks, and one on which none does. */
const NEARBY = [
  '2026-02-15',
  '2026-03-08',
  '2026-03-22',
  '2026-03-29',
  '2026-04-05',
  '2026-06-10',
  '2026-09-27',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
];

const time = fc
  .tuple(fc.constantFrom(0, 1, 2, 3, 12, 22, 23), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

const window: fc.Arbitrary<MaintenanceWindow> = fc
  .record({
    days: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }),
    from: time,
    to: time,
    timeZone: fc.constantFrom(...ZONES),
  })
  .filter(({ from, to }) => from !== to);

const within = fc
  .tuple(fc.constantFrom(...NEARBY), fc.integer({ min: -2_880, max: 1_440 }))
  .map(([day, minutes]): Interval => {
    const fromMs = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS;
    return { fromMs, toMs: fromMs + DAY_MS };
  });

/** Day of the week and time, as the wall shows them. */
function shownAt(timeZone: string): (instantMs: number) => { readonly day: string; readonly time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instantMs) => {
    const text = format.format(instantMs);
    return { day: text.slice(0, 3).toUpperCase(), time: text.slice(-5) };
  };
}

/** What the clock shows at this minute lies in the window: the latter part of one that began the day before counts too. */
function isShownWithin(
  { days, from, to }: MaintenanceWindow,
  shown: { readonly day: string; readonly time: string },
): boolean {
  const yesterday =
    DAYS[(DAYS.findIndex((day) => day === shown.day) + DAYS.length - 1) % DAYS.length] ?? 'MON';
  const isDay = days.some((day) => day === shown.day);
  if (from < to) return isDay && shown.time >= from && shown.time < to;
  return (isDay && shown.time >= from) || (days.includes(yesterday) && shown.time < to);
}

function contains(intervals: readonly Interval[], instantMs: number): boolean {
  return intervals.some(({ fromMs, toMs }) => fromMs <= instantMs && instantMs < toMs);
}

/** Whether the clock of this zone is changed within a day of the instant. */
function changesNear(timeZone: string, instantMs: number): boolean {
  const shown = shownAt(timeZone);
  return shown(instantMs - DAY_MS).time !== shown(instantMs + DAY_MS).time;
}

const holds = (judge: (windows: readonly MaintenanceWindow[], within: Interval) => void) =>
  fc.assert(fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), within, judge), {
    seed: SEED,
    numRuns: 60,
  });

describe(`maintenance windows, with seed ${SEED}`, () => {
  it('cover every minute of which the clock says so, and no other unless clocks change', () => {
    holds((windows, { fromMs, toMs }) => {
      const intervals = maintenanceIn(windows, { fromMs, toMs });
      const clocks = windows.map((one) => ({ one, shown: shownAt(one.timeZone) }));
      for (let instantMs = fromMs; instantMs < toMs; instantMs += 5 * MINUTE_MS) {
        const isShown = clocks.some(({ one, shown }) => isShownWithin(one, shown(instantMs)));
        const isCovered = contains(intervals, instantMs);
        if (isCovered === isShown) continue;
        const isNearChange = windows.some(({ timeZone }) => changesNear(timeZone, instantMs));
        expect({ instantMs, isCovered, isNearChange }).toEqual({
          instantMs,
          isCovered: true,
          isNearChange: true,
        });
      }
    });
  });

  it('come in order, apart from one another, and are never longer than is said', () => {
    holds((windows, around) => {
      const intervals = maintenanceIn(windows, {
        fromMs: around.fromMs - 7 * DAY_MS,
        toMs: around.toMs + 7 * DAY_MS,
      });
      const longestMs = longestMaintenanceMs(windows);
      for (const [index, { fromMs, toMs }] of intervals.entries()) {
        const previous = intervals[index - 1];
        expect(fromMs).toBeGreaterThan(previous?.toMs ?? -Infinity);
        expect(toMs).toBeGreaterThan(fromMs);
        const isOneZone = new Set(windows.map(({ timeZone }) => timeZone)).size === 1;
        expect(isOneZone ? toMs - fromMs : 0).toBeLessThanOrEqual(longestMs);
      }
    });
  });
});
