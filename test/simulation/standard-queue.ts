import type { Dice } from './dice.js';
import { LongPolls } from './long-polls.js';
import type { MessageQueue, QueueSettings, Stored } from './message-queue.js';
import { NoisyNeighbours } from './noisy-neighbours.js';
import type { Scheduler } from './scheduler.js';
import { hideFor } from './visibility.js';

/** How many of its oldest messages a short poll may have to look for; with more of them it always finds one. */
const MISSABLE = 4;

/**
 * An SQS standard queue: visibility timeouts, receive counts, redrive, delay and retention; short polls that miss,
 * order at best effort, and delivery at least once.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html
 */
export class StandardQueue<T> implements MessageQueue<T> {
  readonly #scheduler: Scheduler;
  readonly #dice: Dice;
  readonly #settings: QueueSettings<T>;
  readonly #longPolls: LongPolls<T>;
  readonly #received = new Map<string, Stored<T>>();
  #visible: Stored<T>[] = [];
  #head = 0;
  #receipts = 0;
  readonly #noisy = new NoisyNeighbours<Stored<T>>();

  constructor(scheduler: Scheduler, dice: Dice, settings: QueueSettings<T>) {
    this.#scheduler = scheduler;
    this.#dice = dice;
    this.#settings = settings;
    this.#longPolls = new LongPolls(scheduler);
  }

  get visibleCount(): number {
    return this.#visible.length - this.#head + this.#noisy.count;
  }

  /** Received, and neither deleted nor visible again. */
  get hiddenCount(): number {
    return this.#received.size;
  }

  /** Whether some message has been visible since before this instant. */
  visibleSince(instantMs: number): boolean {
    for (let index = this.#head; index < this.#visible.length; index += 1) {
      if ((this.#visible[index]?.visibleSinceMs ?? Infinity) < instantMs) return true;
      if (index - this.#head > MISSABLE) return false;
    }
    return false;
  }

  send(content: T, delayMs = 0, group?: string): void {
    const nowMs = this.#scheduler.nowMs;
    const stored: Stored<T> = {
      content,
      sentAtMs: nowMs,
      group,
      visibleSinceMs: 0,
      hiddenUntilMs: nowMs + delayMs,
      receiveCount: 0,
      receipt: '',
      state: 'hidden',
    };
    if (delayMs === 0) this.#show(stored);
    else this.#scheduler.after(delayMs, () => this.#show(stored));
  }

  /** A short poll: asks some of the servers, so it may miss what is there. */
  take(): Stored<T> | undefined {
    const missProbability = this.#settings.missProbability ** Math.min(MISSABLE, this.visibleCount);
    if (this.visibleCount === 0 || this.#dice.chance(missProbability)) return undefined;
    return this.takeFound();
  }

  /** Asks every server. */
  takeFound(): Stored<T> | undefined {
    for (;;) {
      const stored = this.#next();
      if (stored === undefined) return undefined;
      if (stored.sentAtMs + this.#settings.retentionMs <= this.#scheduler.nowMs) continue;
      const { content, receiveCount, sentAtMs } = stored;
      const early = receiveCount < this.#settings.maxReceiveCount;
      if (early && !this.#givesUp(receiveCount)) return this.#hand(stored);
      stored.state = 'deleted';
      this.#settings.onDeadLetter({ content, receiveCount, sentAtMs, early });
    }
  }

  takeMore(): Stored<T> | undefined {
    return this.takeFound();
  }

  #givesUp(receiveCount: number): boolean {
    return this.#dice.chance(this.#settings.giveUpProbability / (receiveCount > 0 ? 1 : 100));
  }

  /** A long poll: the next message that there is before `untilMs`. */
  takeOrWait(untilMs: number, answer: (message: Stored<T> | undefined) => void): void {
    const found = this.takeFound();
    if (found === undefined) this.#longPolls.wait(untilMs, answer);
    else answer(found);
  }

  delete(receipt: string): void {
    const stored = this.#received.get(receipt);
    this.#received.delete(receipt);
    if (stored?.receipt === receipt) stored.state = 'deleted';
  }

  hide(receipt: string, forMs: number): void {
    const stored = this.#received.get(receipt);
    if (stored?.state === 'hidden' && stored.receipt === receipt) this.#hideFor(stored, forMs);
  }

  #hand(stored: Stored<T>): Stored<T> {
    this.#receipts += 1;
    stored.receiveCount += 1;
    stored.receipt = `r${this.#receipts}`;
    stored.state = 'hidden';
    this.#received.set(stored.receipt, stored);
    this.#noisy.received(stored.group);
    this.#hideFor(stored, this.#settings.visibilityTimeoutMs);
    if (this.#dice.chance(this.#settings.duplicateProbability)) this.#deliverAgain(stored);
    return stored;
  }

  #hideFor(stored: Stored<T>, forMs: number): void {
    hideFor(this.#scheduler, stored, forMs, () => {
      this.#received.delete(stored.receipt);
      this.#show(stored);
    });
  }

  /** At least once: a server that missed the receive, or the delete, hands out its copy later, counted or not. */
  #deliverAgain(stored: Stored<T>): void {
    const receiveCount = stored.receiveCount - (this.#dice.chance(0.5) ? 1 : 0);
    const afterMs = this.#dice.ratio() * 2 * this.#settings.visibilityTimeoutMs;
    this.#scheduler.after(afterMs, () =>
      this.#show({ ...stored, receiveCount, state: 'hidden', receipt: '' }),
    );
  }

  #show(stored: Stored<T>): void {
    stored.state = 'visible';
    stored.visibleSinceMs = this.#scheduler.nowMs;
    this.#visible.push(stored);
    if (!this.#longPolls.serve(() => this.takeFound())) this.#settings.onVisible();
  }

  /** A tenant that takes more than its part steps back: its messages come once no other one's are there. */
  #next(): Stored<T> | undefined {
    const quietAgain = this.#noisy.takeQuiet();
    if (quietAgain !== undefined) return quietAgain;
    for (;;) {
      const picked = this.#nextOfAll();
      if (picked === undefined) return this.#noisy.takeAny();
      if (!this.#noisy.isNoisy(picked.group)) return picked;
      this.#noisy.setAside(picked);
    }
  }

  #nextOfAll(): Stored<T> | undefined {
    const among = Math.min(this.#settings.reorderAmong, this.#visible.length - this.#head);
    if (among === 0) return undefined;
    const index = among === 1 ? this.#head : this.#head + Math.floor(this.#dice.ratio() * among);
    const picked = this.#visible[index];
    const first = this.#visible[this.#head];
    if (first !== undefined) this.#visible[index] = first;
    this.#head += 1;
    if (this.#head > 1_000 && this.#head * 2 > this.#visible.length) {
      this.#visible = this.#visible.slice(this.#head);
      this.#head = 0;
    }
    return picked;
  }
}
