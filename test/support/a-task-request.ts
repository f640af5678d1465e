import {
  parseTaskRequest,
  type TaskRequest,
  type TaskRequestBody,
} from '../../lambdas/core/contracts/task-request.js';
import { START_MS } from './virtual-clock.js';

/** A task request as it stands in a message body. Key and token are made from its `callId`. */
export function aTaskRequestBody(more: Partial<TaskRequestBody> = {}): TaskRequestBody {
  const callId = more.callId ?? 'call-1';
  return {
    schemaVersion: 1,
    taskToken: tokenOf(callId),
    callId,
    idempotencyKey: `key-${callId}`,
    operation: 'getOrder',
    payload: { order: 7 },
    priority: 'NORMAL',
    enqueuedAt: new Date(START_MS).toISOString(),
    execution: 'arn:aws:states:eu-west-1:123456789012:execution:order-sync:4711',
    state: 'Call ERP',
    ...more,
  };
}

/** The same after parsing. */
export function aTaskRequest(more: Partial<TaskRequestBody> = {}): TaskRequest {
  const parsed = parseTaskRequest(JSON.stringify(aTaskRequestBody(more)));
  if (parsed.kind === 'malformed') throw new Error(parsed.faults.join('; '));
  return parsed.request;
}

export function tokenOf(callId: string): string {
  return `token-of-${callId}`;
}
