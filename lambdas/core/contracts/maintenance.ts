/** Days of the week, in the order of ISO 8601. */
export const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

/** A time, each week, in which the legacy API must not be called. */
export interface MaintenanceWindow {
  /** The days on which it begins. */
  readonly days: readonly (typeof DAYS)[number][];
  /** Times on the clock of `timeZone`, as `22:30`. One that ends no later than it begins ends on the next day. */
  readonly from: string;
  readonly to: string;
  /** Of the IANA database, such as `Europe/Zurich`. */
  readonly timeZone: string;
}
