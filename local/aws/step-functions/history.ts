import type { Timers } from './timers.js';
import { withoutTaskTokens } from './task-tokens.js';

/** Texts and numbers of one event, in AWS's names; the texts under `dataKeys` are execution data. */
export type EventDetails = Readonly<Record<string, unknown>>;

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestampMs: number;
  readonly type: string;
  readonly detailsKey: string | undefined;
  readonly details: EventDetails | undefined;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const historyMaxEvents = 25_000;

/**
 * Every event of one execution in order, ids from 1. A task token stands where AWS shows it, in the parameters of
 * TaskScheduled, which are execution data; anywhere else it is written as `***`.
 */
export class History {
  readonly #timers: Timers;
  readonly #events: HistoryEvent[] = [];

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /** Room for one more event besides the one that ends the execution. */
  get isFull(): boolean {
    return this.#events.length >= historyMaxEvents - 1;
  }

  /** Records an event and returns its id. */
  add(type: string, previousEventId: number, details?: EventDetails): number {
    const id = this.#events.length + 1;
    const timestampMs = this.#timers.nowMs();
    const detailsKey = details && detailsKeyOf(type);
    this.#events.push({
      id,
      previousEventId,
      timestampMs,
      type,
      detailsKey,
      details: type === 'TaskScheduled' ? details : details && shown(details),
    });
    return id;
  }
}

const stateEventType = /^(?:Choice|Fail|Map|Parallel|Pass|Succeed|Task|Wait)State(Entered|Exited)$/;

function detailsKeyOf(type: string): string {
  const name = type.replace(stateEventType, 'State$1');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}EventDetails`;
}

/** Every other text in the details goes through here, those of assigned variables too. */
function shown(details: EventDetails): EventDetails {
  const entries = Object.entries(details).map(([key, value]) => [key, shownValue(value)] as const);
  return Object.fromEntries(entries);
}

function shownValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutTaskTokens(value);
  return typeof value === 'object' && value !== null ? shown(value as EventDetails) : value;
}
