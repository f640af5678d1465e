/** What slots and world need of a queue, whichever its type. */
export interface MessageQueue<T> {
  /** Messages that a receive could bring. */
  readonly visibleCount: number;
  send(content: T, delayMs?: number, group?: string): void;
  /** A short poll: asks some of the servers, so it may miss what is there. */
  take(): Stored<T> | undefined;
  /** One more message by the request that brought `others`. */
  takeMore(others: readonly Stored<T>[]): Stored<T> | undefined;
  takeOrWait(untilMs: number, answer: (message: Stored<T> | undefined) => void): void;
  delete(receipt: string): void;
  hide(receipt: string, forMs: number): void;
}

/** A message in a queue, or one of the copies of it. */
export interface Stored<T> {
  readonly content: T;
  readonly sentAtMs: number;
  /** Its message group: the tenant, or the ordering key. */
  readonly group: string | undefined;
  /** Since when it can be received, while it can. */
  visibleSinceMs: number;
  hiddenUntilMs: number;
  receiveCount: number;
  /** Proves the latest receive; void once the message was received again. */
  receipt: string;
  state: 'visible' | 'hidden' | 'deleted';
}

/** A message that the queue gave up. */
export interface GivenUp<T> {
  readonly content: T;
  readonly receiveCount: number;
  readonly sentAtMs: number;
  /** Before it was received too often: by a fault. */
  readonly early: boolean;
}

export interface QueueSettings<T> {
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  /** A message that was received more often goes to `onDeadLetter` in place of the receiver. */
  readonly maxReceiveCount: number;
  /** That a message which comes back goes there already; a hundredth of it for one that nobody has received yet. */
  readonly giveUpProbability: number;
  readonly missProbability: number;
  readonly duplicateProbability: number;
  readonly reorderAmong: number;
  readonly onDeadLetter: (message: GivenUp<T>) => void;
  /** Called whenever a message can be received that could not before. */
  readonly onVisible: () => void;
}
