/** The three classes of work, most urgent first. Their order here is the order in which a slot asks for work. */
export const PRIORITIES = ['HIGH', 'NORMAL', 'BATCH'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** One value per priority. */
export type ByPriority<T> = Readonly<Record<Priority, T>>;

/** Builds one value per priority, in order of urgency. */
export function byPriority<T>(valueOf: (priority: Priority) => T): ByPriority<T> {
  return { HIGH: valueOf('HIGH'), NORMAL: valueOf('NORMAL'), BATCH: valueOf('BATCH') };
}

/** The class of a call that names none. */
export const DEFAULT_PRIORITY: Priority = 'NORMAL';
