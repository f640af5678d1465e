/** The message attributes under which a parked message says why it rests. */
export const PARKED_ATTRIBUTES = {
  /** A sentence. */
  reason: 'Reason',
  /** The error with which its task failed, or would have. */
  error: 'Error',
  /** What became of its task. */
  task: 'Task',
  receiveCount: 'ReceiveCount',
  /** ISO 8601. */
  enqueuedAt: 'EnqueuedAt',
  /** ISO 8601. */
  parkedAt: 'ParkedAt',
} as const;

export type ParkedAttribute = keyof typeof PARKED_ATTRIBUTES;
