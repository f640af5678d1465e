import type { TaskRequest } from '../contracts/task-request.js';
import type { CallIdentity } from './slot-event.js';

/** What may be said about a request in logs, metrics and traces. */
export function identityOf({ priority, callId, operation, execution }: TaskRequest): CallIdentity {
  return { priority, callId, operation, execution };
}
