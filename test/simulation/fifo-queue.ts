import type { Dice } from './dice.js';
import { LongPolls } from './long-polls.js';
import type { MessageQueue, QueueSettings, Stored } from './message-queue.js';
import type { Scheduler } from './scheduler.js';
import { hideFor } from './visibility.js';

interface Group<T> {
  readonly name: string;
  /** Visible, the earliest sent first. */
  readonly waiting: Queued<T>[];
  /** Received, and neither deleted nor visible again. */
  inHand: number;
}

interface Queued<T> extends Stored<T> {
  readonly group: string;
  readonly sequence: number;
}

/**
 * An SQS FIFO queue: a group hands out its messages in the order in which they were sent, and none to another receive
 * while one of them is in hand; what comes back takes its old place; nothing is delivered twice. Of which group a
 * receive brings messages is best effort.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
export class FifoQueue<T> implements MessageQueue<T> {
  readonly #scheduler: Scheduler;
  readonly #dice: Dice;
  readonly #settings: QueueSettings<T>;
  readonly #longPolls: LongPolls<T>;
  /** Those with messages, waiting or in hand. */
  readonly #groups = new Map<string, Group<T>>();
  readonly #received = new Map<string, Queued<T>>();
  #receipts = 0;
  #sent = 0;

  constructor(scheduler: Scheduler, dice: Dice, settings: QueueSettings<T>) {
    this.#scheduler = scheduler;
    this.#dice = dice;
    this.#settings = settings;
    this.#longPolls = new LongPolls(scheduler);
  }

  get visibleCount(): number {
    return this.#free().length;
  }

  /** Without a group, in one of its own. */
  send(content: T, delayMs = 0, group = `own ${this.#sent + 1}`): void {
    if (delayMs > 0) throw new Error('a FIFO queue delays no single message');
    this.#sent += 1;
    const sentAtMs = this.#scheduler.nowMs;
    this.#show({
      ...{ content, sentAtMs, group, sequence: this.#sent, visibleSinceMs: 0, hiddenUntilMs: 0 },
      ...{ receiveCount: 0, receipt: '', state: 'hidden' },
    });
  }

  take(): Stored<T> | undefined {
    return this.#dice.chance(this.#settings.missProbability) ? undefined : this.#takeFrom(this.#free());
  }

  /** As many of the same groups as there are, then of others. */
  takeMore(others: readonly Stored<T>[]): Stored<T> | undefined {
    const groups = new Set(others.map(({ group = '' }) => group));
    const same = [...groups].flatMap((name) => {
      const group = this.#groups.get(name);
      return group === undefined || group.waiting.length === 0 ? [] : [group];
    });
    return this.#takeFrom(same) ?? this.#takeFrom(this.#free());
  }

  takeOrWait(untilMs: number, answer: (message: Stored<T> | undefined) => void): void {
    const found = this.#takeFrom(this.#free());
    if (found === undefined) this.#longPolls.wait(untilMs, answer);
    else answer(found);
  }

  delete(receipt: string): void {
    const stored = this.#received.get(receipt);
    if (stored === undefined) return;
    stored.state = 'deleted';
    this.#release(stored);
    this.#wake();
  }

  hide(receipt: string, forMs: number): void {
    const stored = this.#received.get(receipt);
    if (stored !== undefined) this.#hideFor(stored, forMs);
  }

  /** Groups that may hand something out, in any order. */
  #free(): Group<T>[] {
    return [...this.#groups.values()].filter(({ waiting, inHand }) => inHand === 0 && waiting.length > 0);
  }

  /** The earliest message of one of these groups, of those that have waited longest. */
  #takeFrom(groups: readonly Group<T>[]): Stored<T> | undefined {
    const byAge = [...groups].sort((one, other) => headOf(one) - headOf(other));
    const among = Math.min(this.#settings.reorderAmong, byAge.length);
    const group = byAge[among <= 1 ? 0 : Math.floor(this.#dice.ratio() * among)];
    if (group === undefined) return undefined;
    const stored = group.waiting.shift();
    if (stored === undefined) return undefined;
    const { content, receiveCount, sentAtMs } = stored;
    const expired = sentAtMs + this.#settings.retentionMs <= this.#scheduler.nowMs;
    const early = receiveCount < this.#settings.maxReceiveCount;
    if (!expired && early && !this.#givesUp(receiveCount)) return this.#hand(stored, group);
    stored.state = 'deleted';
    if (!expired) this.#settings.onDeadLetter({ content, receiveCount, sentAtMs, early });
    this.#forgetEmpty(group);
    return this.#takeFrom(groups.filter(({ waiting }) => waiting.length > 0));
  }

  #givesUp(receiveCount: number): boolean {
    return this.#dice.chance(this.#settings.giveUpProbability / (receiveCount > 0 ? 1 : 100));
  }

  #hand(stored: Queued<T>, group: Group<T>): Stored<T> {
    this.#receipts += 1;
    group.inHand += 1;
    stored.receiveCount += 1;
    stored.receipt = `r${this.#receipts}`;
    stored.state = 'hidden';
    this.#received.set(stored.receipt, stored);
    this.#hideFor(stored, this.#settings.visibilityTimeoutMs);
    return stored;
  }

  #hideFor(stored: Queued<T>, forMs: number): void {
    hideFor(this.#scheduler, stored, forMs, () => {
      this.#release(stored);
      this.#show(stored);
    });
  }

  #release(stored: Queued<T>): void {
    this.#received.delete(stored.receipt);
    const group = this.#groups.get(stored.group);
    if (group === undefined) return;
    group.inHand -= 1;
    this.#forgetEmpty(group);
  }

  #forgetEmpty({ name, waiting, inHand }: Group<T>): void {
    if (waiting.length === 0 && inHand === 0) this.#groups.delete(name);
  }

  #show(stored: Queued<T>): void {
    const { group: name, sequence } = stored;
    const group = this.#groups.get(name) ?? { name, waiting: [], inHand: 0 };
    this.#groups.set(name, group);
    const behind = group.waiting.findIndex((other) => other.sequence > sequence);
    group.waiting.splice(behind < 0 ? group.waiting.length : behind, 0, stored);
    stored.state = 'visible';
    stored.visibleSinceMs = this.#scheduler.nowMs;
    this.#wake();
  }

  /** Something can be received that could not be before. */
  #wake(): void {
    if (!this.#longPolls.serve(() => this.#takeFrom(this.#free()))) this.#settings.onVisible();
  }
}

function headOf<T>({ waiting: [head] }: Group<T>): number {
  return head?.sequence ?? Infinity;
}
