import { type Dice, latencyMs } from '../../simulation/dice.js';
import type { PollerBehaviour } from '../../simulation/event-source-mapping.js';
import { POLLER } from '../../simulation/latencies.js';
import type { Scheduler } from '../../simulation/scheduler.js';
import type { StandardQueue } from '../../simulation/standard-queue.js';
import type { Stored } from '../../simulation/message-queue.js';
import type { Usage } from '../../simulation/usage.js';

export interface MessageMappingParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly queue: StandardQueue<string>;
  readonly usage: Usage;
  readonly maximumConcurrency: number;
  readonly visibilityTimeoutMs: number;
  readonly behaviour: PollerBehaviour;
  /** Starts an invocation with one message; `onEnd` says whether it is done with. @returns false when throttled. */
  readonly invoke: (message: Stored<string>, onEnd: (done: boolean) => void) => boolean;
}

/** As in the simulator's model of the doorbell's mapping, whose sources are named there. */
const CONCURRENCY_AT_FIRST = 5;
const RETRY_FIRST_MS = 200;
const RETRY_LONGEST_MS = 10_000;

/**
 * An event source mapping on a queue that carries work: one message per invocation, partial batch responses, and
 * the same three assumptions about throttled pollers as the simulator's mapping of the doorbell.
 */
export class MessageMapping {
  readonly #parts: MessageMappingParts;
  #allowed: number;
  #busy = 0;
  #growing = false;

  constructor(parts: MessageMappingParts) {
    this.#parts = parts;
    this.#allowed = Math.min(parts.maximumConcurrency, CONCURRENCY_AT_FIRST);
  }

  /** Called when messages have become visible. At its ceiling a mapping stops reading. */
  look(): void {
    const { scheduler, dice, queue, usage } = this.#parts;
    if (this.#busy >= this.#allowed) return this.#growLater();
    if (queue.visibleCount === 0) return;
    this.#busy += 1;
    scheduler.after(latencyMs(dice, POLLER), () => {
      const message = queue.takeFound();
      usage.sqsRequests += 1;
      if (message === undefined) {
        this.#busy -= 1;
      } else {
        usage.receives += 1;
        this.#invoke(message, RETRY_FIRST_MS);
      }
      if (queue.visibleCount > 0) this.look();
    });
  }

  #invoke(message: Stored<string>, backoffMs: number): void {
    const { scheduler, dice, invoke, behaviour, visibilityTimeoutMs } = this.#parts;
    if (invoke(message, (done) => this.#ended(message, done))) return;
    if (behaviour === 'backs-off') this.#allowed = Math.max(1, this.#allowed - 1);
    const retryMs = scheduler.nowMs + backoffMs * (0.5 + dice.ratio());
    const expiresMs = message.hiddenUntilMs - visibilityTimeoutMs / 100;
    if (behaviour === 'gives-up' || retryMs >= expiresMs) return this.#release();
    scheduler.at(retryMs, () => this.#invoke(message, Math.min(RETRY_LONGEST_MS, backoffMs * 2)));
  }

  #ended({ receipt }: Stored<string>, done: boolean): void {
    const { queue, usage } = this.#parts;
    if (done) {
      usage.sqsRequests += 1;
      queue.delete(receipt);
    }
    this.#release();
  }

  #release(): void {
    this.#busy -= 1;
    this.look();
  }

  #growLater(): void {
    const { scheduler, maximumConcurrency, queue } = this.#parts;
    if (this.#growing || this.#allowed >= maximumConcurrency) return;
    this.#growing = true;
    scheduler.after(1_000, () => {
      this.#growing = false;
      this.#allowed = Math.min(maximumConcurrency, this.#allowed + CONCURRENCY_AT_FIRST);
      if (queue.visibleCount > 0) this.look();
    });
  }
}
