import { type Lane, priorityOf } from '../../lambdas/core/contracts/lane.js';
import { parseTaskRequest } from '../../lambdas/core/contracts/task-request.js';
import type { Message, TaskQueues } from '../../lambdas/core/ports.js';
import type { Journal } from './journal.js';
import type { VirtualClock } from './virtual-clock.js';

type Operation = 'receive' | 'delete' | 'defer' | 'park';

const RECEIVE_MAX = 10;

interface StoredMessage {
  readonly lane: Lane;
  readonly body: string;
  readonly label: string;
  readonly orderingKey: string | undefined;
  visibleAtMs: number;
  receiveCount: number;
  receiptHandle: string;
}

/**
 * Queues, one for each lane, with visibility timeouts, receive counts and a dead-letter queue, in virtual time. A message
 * with an ordering key is received as from a FIFO queue: not while one before it, of another receive, is in hand.
 */
export class InMemoryQueues implements TaskQueues {
  /** How long a receive takes. */
  receiveMs = 0;
  visibilityTimeoutMs = 30_000;
  maxReceiveCount = 20;
  readonly parked: { readonly body: string; readonly reason: string }[] = [];
  readonly deadLettered: string[] = [];
  /** Operations that fail, as when SQS cannot be reached. */
  readonly broken = new Set<Operation>();
  readonly #clock: VirtualClock;
  readonly #journal: Journal;
  readonly #stored = new Set<StoredMessage>();
  readonly #waiting = new Set<() => void>();
  #receipts = 0;

  constructor(clock: VirtualClock, journal: Journal) {
    this.#clock = clock;
    this.#journal = journal;
  }

  /** What is in the queues, hidden or not, as labels: the callId where there is one. */
  get labels(): readonly string[] {
    return [...this.#stored].map(({ label }) => label);
  }

  /** Receives so far of each message that is still there. */
  get receiveCounts(): readonly number[] {
    return [...this.#stored].map(({ receiveCount }) => receiveCount);
  }

  send(lane: Lane, body: string, receiveCount = 0): void {
    const parsed = parseTaskRequest(body);
    const { callId: label, orderingKey } =
      parsed.kind === 'request' ? parsed.request : { callId: 'malformed', orderingKey: undefined };
    this.#stored.add({
      ...{ lane, body, label, orderingKey },
      ...{ visibleAtMs: 0, receiveCount, receiptHandle: '' },
    });
    for (const wake of this.#waiting) wake();
  }

  async receive(lane: Lane, waitSeconds: number): Promise<Message | undefined> {
    this.#journal.write(waitSeconds > 0 ? `linger ${lane}` : `receive ${lane}`);
    await this.#clock.sleep(this.receiveMs);
    this.#check('receive');
    const endMs = this.#clock.nowMs() + waitSeconds * 1_000;
    for (;;) {
      const message = this.#take(lane);
      if (message !== undefined || this.#clock.nowMs() >= endMs) return message;
      await this.#arrivalOr(Math.min(endMs, this.#nextVisibleMs(lane)));
    }
  }

  async receiveSome(lane: Lane): Promise<readonly Message[]> {
    this.#journal.write(`receive some ${lane}`);
    await this.#clock.sleep(this.receiveMs);
    this.#check('receive');
    const messages: Message[] = [];
    const blocked = this.#blockedKeys(lane);
    while (messages.length < RECEIVE_MAX) {
      const message = this.#take(lane, blocked);
      if (message === undefined) break;
      messages.push(message);
    }
    return messages;
  }

  async delete(message: Message): Promise<void> {
    await Promise.resolve();
    this.#check('delete');
    const stored = this.#find(message);
    this.#journal.write(`delete ${stored?.label ?? 'nothing: the receipt is void'}`);
    if (stored !== undefined) this.#stored.delete(stored);
  }

  async defer(message: Message, delayMs: number): Promise<void> {
    await Promise.resolve();
    this.#check('defer');
    const stored = this.#find(message);
    this.#journal.write(`defer ${stored?.label ?? 'nothing: the receipt is void'} by ${delayMs}`);
    if (stored === undefined) return;
    stored.visibleAtMs = this.#clock.nowMs() + delayMs;
    for (const wake of this.#waiting) wake();
  }

  async park({ body }: Message, reason: string): Promise<void> {
    await Promise.resolve();
    this.#check('park');
    this.#journal.write('park');
    this.parked.push({ body, reason });
  }

  /** Ordering keys of which a message is in hand. */
  #blockedKeys(lane: Lane): ReadonlySet<string | undefined> {
    const nowMs = this.#clock.nowMs();
    const inHand = [...this.#stored].filter((stored) => stored.lane === lane && stored.visibleAtMs > nowMs);
    return new Set(inHand.map(({ orderingKey }) => orderingKey).filter((key) => key !== undefined));
  }

  #take(lane: Lane, blocked = this.#blockedKeys(lane)): Message | undefined {
    const nowMs = this.#clock.nowMs();
    for (const stored of this.#stored) {
      if (stored.lane !== lane || stored.visibleAtMs > nowMs) continue;
      if (blocked.has(stored.orderingKey)) continue;
      if (stored.receiveCount >= this.maxReceiveCount) {
        this.#stored.delete(stored);
        this.deadLettered.push(stored.label);
        continue;
      }
      this.#receipts += 1;
      stored.receiveCount += 1;
      stored.receiptHandle = `receipt-${this.#receipts}`;
      stored.visibleAtMs = nowMs + this.visibilityTimeoutMs;
      this.#journal.write(`took ${stored.label}`);
      const { body, receiptHandle, receiveCount } = stored;
      return { priority: priorityOf(lane), lane, body, receiptHandle, receiveCount };
    }
    return undefined;
  }

  #find({ receiptHandle }: Message): StoredMessage | undefined {
    return [...this.#stored].find((stored) => stored.receiptHandle === receiptHandle);
  }

  #nextVisibleMs(lane: Lane): number {
    const ofLane = [...this.#stored].filter((stored) => stored.lane === lane);
    return Math.min(Infinity, ...ofLane.map(({ visibleAtMs }) => visibleAtMs));
  }

  #arrivalOr(instantMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      this.#clock.at(instantMs, wake);
    });
  }

  #check(operation: Operation): void {
    if (!this.broken.has(operation)) return;
    this.#journal.write(`${operation} fails`);
    throw new Error(`SQS cannot be reached: ${operation}`);
  }
}
