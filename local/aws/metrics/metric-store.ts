import type { Published } from './emf.js';

/** What CloudWatch keeps of the values of one period: no percentiles. */
export interface Statistics {
  readonly startsAtMs: number;
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly most: number;
}

/** A metric is its namespace, its name and exactly these dimensions. */
export type MetricId = Pick<Published, 'namespace' | 'name' | 'dimensions'>;

export const MINUTE_MS = 60_000;

/** CloudWatch itself keeps minutes for 15 days; a local run is looked at while it lasts. */
const MINUTES_KEPT = 180;

/** Every metric that the functions of the local run have published, by the minute, as CloudWatch keeps them. */
export class MetricStore {
  readonly #metrics = new Map<string, Map<number, Statistics>>();

  add(published: Published): void {
    const { atMs, values } = published;
    const minutes = this.#minutesOf(published);
    const startsAtMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    for (const value of values)
      minutes.set(
        startsAtMs,
        merged(minutes.get(startsAtMs), { startsAtMs, count: 1, sum: value, least: value, most: value }),
      );
    const [first] = minutes.keys();
    if (minutes.size > MINUTES_KEPT && first !== undefined) minutes.delete(first);
  }

  /**
   * One entry for each period, counted from the epoch, that has values and starts within [fromMs, untilMs); the oldest
   * first.
   *
   * @param periodMs a multiple of a minute
   */
  read(id: MetricId, periodMs: number, fromMs: number, untilMs: number): readonly Statistics[] {
    const startOf = (atMs: number) => Math.floor(atMs / periodMs) * periodMs;
    const periods = new Map<number, Statistics>();
    for (const minute of this.#metrics.get(keyOf(id))?.values() ?? []) {
      const startsAtMs = startOf(minute.startsAtMs);
      if (startsAtMs < startOf(fromMs) || startsAtMs >= untilMs) continue;
      periods.set(startsAtMs, merged(periods.get(startsAtMs), { ...minute, startsAtMs }));
    }
    return [...periods.values()].sort((one, other) => one.startsAtMs - other.startsAtMs);
  }

  #minutesOf(id: MetricId): Map<number, Statistics> {
    const key = keyOf(id);
    const minutes = this.#metrics.get(key) ?? new Map<number, Statistics>();
    this.#metrics.set(key, minutes);
    return minutes;
  }
}

function merged(one: Statistics | undefined, other: Statistics): Statistics {
  if (one === undefined) return other;
  return {
    startsAtMs: other.startsAtMs,
    count: one.count + other.count,
    sum: one.sum + other.sum,
    least: Math.min(one.least, other.least),
    most: Math.max(one.most, other.most),
  };
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
