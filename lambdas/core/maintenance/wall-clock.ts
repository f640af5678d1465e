const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

/** The two instants that a time on a clock may mean: different only where the clock is set back, or skips that time. */
export interface Reading {
  readonly earliestMs: number;
  readonly latestMs: number;
}

/**
 * The clock on the wall of a time zone. A day there is told by its date as if it were in UTC: the midnight that begins
 * that date in UTC, in epoch milliseconds.
 */
export class WallClock {
  readonly #format: Intl.DateTimeFormat;

  /** @param timeZone of the IANA database; throws a RangeError for any other. */
  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  }

  /** The day on which an instant falls here. */
  dayOf(instantMs: number): number {
    return Math.floor((instantMs + this.#offsetMs(instantMs)) / MS_PER_DAY) * MS_PER_DAY;
  }

  /**
   * When the clock shows this time of this day. In the hour that is skipped in spring it never does, and in the hour
   * that is repeated in autumn it does twice: then both readings come back, one by the offset before, one by that after.
   */
  read(dayMs: number, minuteOfDay: number): Reading {
    const shownMs = dayMs + minuteOfDay * MS_PER_MINUTE;
    const offsets = [this.#offsetMs(shownMs - MS_PER_DAY), this.#offsetMs(shownMs + MS_PER_DAY)];
    const readings = offsets.map((offsetMs) => shownMs - offsetMs);
    const exact = readings.filter((instantMs) => instantMs + this.#offsetMs(instantMs) === shownMs);
    const meant = exact.length > 0 ? exact : readings;
    return { earliestMs: Math.min(...meant), latestMs: Math.max(...meant) };
  }

  /** Whether it is ahead of UTC by another time at the one than at the other. */
  isSetBetween(oneMs: number, otherMs: number): boolean {
    return this.#offsetMs(oneMs) !== this.#offsetMs(otherMs);
  }

  #offsetMs(instantMs: number): number {
    const shown: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(instantMs)) shown[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    const wholeSecondMs = Math.floor(instantMs / 1_000) * 1_000;
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecondMs;
  }
}
