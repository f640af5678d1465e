import { type Priority } from '../contracts/priority.js';
import type { Standing, StandingView } from './ports.js';

/** How old the figures may be. A flood of requests reads them no more often than this. */
const FRESH_FOR_MS = 1_000;

/**
 * How the orchestrator stands, read at most once a second however many ask, plus what was let in here since: a flood
 * does not slip through on figures of a second ago.
 */
export class CachedStanding implements StandingView {
  readonly #read: () => Promise<Standing>;
  readonly #nowMs: () => number;
  readonly #onProblem: (error: unknown) => void;
  #current: Promise<Standing | undefined> | undefined;
  #freshUntilMs = -Infinity;
  #accepted: Record<Priority, number> = { HIGH: 0, NORMAL: 0, BATCH: 0 };

  constructor(read: () => Promise<Standing>, nowMs: () => number, onProblem: (error: unknown) => void) {
    this.#read = read;
    this.#nowMs = nowMs;
    this.#onProblem = onProblem;
  }

  async read(): Promise<Standing | undefined> {
    const nowMs = this.#nowMs();
    if (this.#current === undefined || nowMs >= this.#freshUntilMs) {
      this.#freshUntilMs = nowMs + FRESH_FOR_MS;
      this.#accepted = { HIGH: 0, NORMAL: 0, BATCH: 0 };
      this.#current = this.#read().catch((error: unknown) => {
        this.#onProblem(error);
        return undefined;
      });
    }
    const standing = await this.#current;
    return standing === undefined ? undefined : { ...standing, queues: this.#withAccepted(standing.queues) };
  }

  accepted(priority: Priority): void {
    this.#accepted[priority] += 1;
  }

  #withAccepted({ HIGH, NORMAL, BATCH }: Standing['queues']): Standing['queues'] {
    const accepted = this.#accepted;
    return {
      HIGH: { ...HIGH, waiting: HIGH.waiting + accepted.HIGH },
      NORMAL: { ...NORMAL, waiting: NORMAL.waiting + accepted.NORMAL },
      BATCH: { ...BATCH, waiting: BATCH.waiting + accepted.BATCH },
    };
  }
}
