/** Added to the recent preparation, because timers fire late by a few milliseconds. */
const MARGIN_MS = 4;

/** Most time before the end of a hold at which a message is taken: what arrives after it waits one more turn. */
export const FETCH_LEAD_MAX_MS = 250;

const REMEMBERED = 8;

/**
 * How long before the end of its hold a slot starts to fetch, so that the message is in hand when the call may
 * start, and not much earlier: a message in hand no longer gives way to a more urgent one.
 *
 * It is the second longest of the last few preparations (control record, receive, liveness) plus a margin: one slow
 * request in eight may cost a call some milliseconds, where covering it would keep every HIGH message waiting
 * longer. Immutable: `after` returns the next one.
 */
export class FetchLead {
  readonly ms: number;
  readonly #recentMs: readonly number[];

  constructor(recentMs: readonly number[] = []) {
    const [longest, second = longest] = [...recentMs].sort((one, other) => other - one);
    this.ms = second === undefined ? 0 : Math.min(FETCH_LEAD_MAX_MS, second + MARGIN_MS);
    this.#recentMs = recentMs;
  }

  after(preparationMs: number): FetchLead {
    return new FetchLead([...this.#recentMs.slice(1 - REMEMBERED), preparationMs]);
  }
}
