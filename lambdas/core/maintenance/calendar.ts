import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { timingsOf } from '../config/timings.js';
import type { MaintenanceWindow } from '../contracts/maintenance.js';
import { type Interval, maintenanceIn } from './windows.js';

/** How far it looks ahead at least: every window comes again within a week, and none is longer than a day. */
const AHEAD_MS = 9 * 86_400_000;

const NEVER: Interval = { fromMs: Infinity, toMs: Infinity };

const calendars = new WeakMap<OrchestratorConfig, MaintenanceCalendar>();

/** The calendar of a configuration; always the same, so that what it has worked out once is known from then on. */
export function calendarOf(config: OrchestratorConfig): MaintenanceCalendar {
  const known = calendars.get(config);
  if (known !== undefined) return known;
  const calendar = new MaintenanceCalendar(config.maintenance, timingsOf(config).callRunsMaxMs);
  calendars.set(config, calendar);
  return calendar;
}

/** When calls may start, given the windows in which none may be running. */
export class MaintenanceCalendar {
  readonly #windows: readonly MaintenanceWindow[];
  readonly #callRunsMaxMs: number;
  #known: Interval = { fromMs: 0, toMs: 0 };
  #intervals: readonly Interval[] = [];

  /** @param callRunsMaxMs from the start of a call until the legacy API cannot be working on it any more. */
  constructor(windows: readonly MaintenanceWindow[], callRunsMaxMs: number) {
    this.#windows = windows;
    this.#callRunsMaxMs = callRunsMaxMs;
  }

  /** The window that has begun by this instant, or else the next one; `fromMs` is Infinity where there is none. */
  nextAt(instantMs: number): Interval {
    if (instantMs < this.#known.fromMs || instantMs + AHEAD_MS > this.#known.toMs) {
      this.#known = { fromMs: instantMs, toMs: instantMs + 2 * AHEAD_MS };
      this.#intervals = maintenanceIn(this.#windows, this.#known);
    }
    return this.#intervals.find(({ toMs }) => toMs > instantMs) ?? NEVER;
  }

  /**
   * The earliest start, at `startMs` or later, of a call that will have ended when the next window begins: `startMs`
   * itself, or the end of a window. Never less than `startMs`.
   */
  earliestStartMs(startMs: number): number {
    let earliestMs = startMs;
    for (;;) {
      const { fromMs, toMs } = this.nextAt(earliestMs);
      if (earliestMs + this.#callRunsMaxMs <= fromMs) return earliestMs;
      earliestMs = toMs;
    }
  }

  /** When so much work is done that begins at `startMs` and rests while no call may start. */
  endOfWorkMs(startMs: number, durationMs: number): number {
    let [atMs, leftMs] = [this.earliestStartMs(startMs), durationMs];
    for (;;) {
      const restsFromMs = this.nextAt(atMs).fromMs - this.#callRunsMaxMs;
      if (atMs + leftMs <= restsFromMs) return atMs + leftMs;
      leftMs -= restsFromMs - atMs;
      atMs = this.nextAt(atMs).toMs;
      atMs = this.earliestStartMs(atMs);
    }
  }
}
