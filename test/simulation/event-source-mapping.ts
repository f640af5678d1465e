import { type Dice, latencyMs } from './dice.js';
import { POLLER } from './latencies.js';
import type { Scheduler } from './scheduler.js';
import type { StandardQueue } from './standard-queue.js';
import type { Stored } from './message-queue.js';

/** What a poller does with bells whose invocation was throttled: AWS documents the frame, not the numbers. */
export const POLLERS = ['backs-off', 'retries', 'gives-up'] as const;

export type PollerBehaviour = (typeof POLLERS)[number];

export interface MappingParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly bells: StandardQueue<undefined>;
  readonly visibilityTimeoutMs: number;
  readonly behaviour: PollerBehaviour;
  readonly invoke: (onEnd: (succeeded: boolean) => void) => boolean;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html: five at first, then up to 300 more a minute. */
const CONCURRENCY_AT_FIRST = 5;
const CONCURRENCY_MORE_PER_SECOND = 5;

const MAXIMUM_CONCURRENCY_LEAST = 2;
const BATCH_SIZE = 10;

/** How a throttled poller repeats: not published. */
const RETRY_FIRST_MS = 200;
const RETRY_LONGEST_MS = 10_000;

/**
 * The doorbell's event source mapping: pollers that take up to ten bells, invoke the worker with them, delete them
 * when it succeeds, and leave them to their visibility timeout when it does not.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class EventSourceMapping {
  readonly #parts: MappingParts;
  #maximum: number;
  #allowed: number;
  #busy = 0;
  #growing = false;

  constructor(parts: MappingParts, slots: number) {
    this.#parts = parts;
    this.#maximum = Math.max(MAXIMUM_CONCURRENCY_LEAST, slots);
    this.#allowed = Math.min(this.#maximum, CONCURRENCY_AT_FIRST);
  }

  deploy(slots: number): void {
    this.#maximum = Math.max(MAXIMUM_CONCURRENCY_LEAST, slots);
    this.#allowed = Math.min(this.#maximum, this.#allowed);
  }

  /** Called when bells have become visible. */
  look(): void {
    const { scheduler, dice, bells } = this.#parts;
    if (this.#busy >= this.#allowed) return this.#growLater();
    if (bells.visibleCount === 0) return;
    this.#busy += 1;
    scheduler.after(latencyMs(dice, POLLER), () => {
      const batch = takeBatch(bells);
      if (batch.length > 0) this.#invoke(batch, RETRY_FIRST_MS);
      else this.#busy -= 1;
      if (bells.visibleCount > 0) this.look();
    });
  }

  #invoke(batch: readonly Stored<undefined>[], backoffMs: number): void {
    const { scheduler, dice, invoke, behaviour, visibilityTimeoutMs } = this.#parts;
    if (invoke((succeeded) => this.#ended(batch, succeeded))) return;
    if (behaviour === 'backs-off') this.#allowed = Math.max(1, this.#allowed - 1);
    const retryMs = scheduler.nowMs + backoffMs * (0.5 + dice.ratio());
    const expiresMs = (batch[0]?.hiddenUntilMs ?? 0) - visibilityTimeoutMs / 100;
    if (behaviour === 'gives-up' || retryMs >= expiresMs) return this.#release();
    scheduler.at(retryMs, () => this.#invoke(batch, Math.min(RETRY_LONGEST_MS, backoffMs * 2)));
  }

  #ended(batch: readonly Stored<undefined>[], succeeded: boolean): void {
    if (succeeded) for (const bell of batch) this.#parts.bells.delete(bell.receipt);
    this.#release();
  }

  #release(): void {
    this.#busy -= 1;
    this.look();
  }

  #growLater(): void {
    if (this.#growing || this.#allowed >= this.#maximum) return;
    this.#growing = true;
    this.#parts.scheduler.after(1_000, () => {
      this.#growing = false;
      this.#allowed = Math.min(this.#maximum, this.#allowed + CONCURRENCY_MORE_PER_SECOND);
      if (this.#parts.bells.visibleCount > 0) this.look();
    });
  }
}

function takeBatch(bells: StandardQueue<undefined>): Stored<undefined>[] {
  const batch: Stored<undefined>[] = [];
  for (let bell = bells.takeFound(); bell !== undefined; bell = bells.takeFound()) {
    batch.push(bell);
    if (batch.length === BATCH_SIZE) break;
  }
  return batch;
}
