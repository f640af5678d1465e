import type { CalledOperation } from '../config/operation-config.js';
import type { TaskRequest } from '../contracts/task-request.js';

/** A message that may be called for: parsed, in time, and with somebody waiting for it. */
export interface ReadyCall {
  readonly kind: 'call';
  readonly request: TaskRequest;
  readonly operation: CalledOperation;
}
