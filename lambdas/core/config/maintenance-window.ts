import * as v from 'valibot';
import { DAYS } from '../contracts/maintenance.js';

const timeOfDay = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the day from 00:00 to 23:59'),
);

/** A time, each week, in which the legacy API must not be called. */
export const maintenanceWindowSchema = v.pipe(
  v.strictObject({
    /** The days on which it begins. */
    days: v.optional(v.pipe(v.array(v.picklist(DAYS)), v.minLength(1, 'at least one day')), [...DAYS]),
    /** Times on the clock of `timeZone`. A window that ends no later than it begins ends on the next day. */
    from: timeOfDay,
    to: timeOfDay,
    timeZone: v.optional(
      v.pipe(v.string(), v.check(isTimeZone, 'UTC, or a time zone such as Europe/Zurich')),
      'UTC',
    ),
  }),
  v.check(({ from, to }) => from !== to, 'a window that ends at another time than it begins'),
);

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en-US', { timeZone: name }) instanceof Object;
  } catch {
    return false;
  }
}
