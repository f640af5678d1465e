/** Messages of one class. SQS calls its own figures approximate: they settle within a minute of a change. */
export interface QueueContents {
  /** Can be received now, or once their delay is over. */
  readonly waiting: number;
  /** In some slot's hands. */
  readonly inFlight: number;
  /** Of those that wait: beyond their tenant's allowance, behind all others. Absent where the class has no allowance. */
  readonly waitingBeyond?: number;
}

/** What a class holds: its own queue, and the overflow where it has one. */
export function withOverflow(own: QueueContents, overflow: QueueContents | undefined): QueueContents {
  if (overflow === undefined) return own;
  return {
    waiting: own.waiting + overflow.waiting,
    inFlight: own.inFlight + overflow.inFlight,
    waitingBeyond: overflow.waiting,
  };
}
