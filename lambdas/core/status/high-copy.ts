import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { parseTaskRequest } from '../contracts/task-request.js';

export type HighCopy =
  | {
      readonly kind: 'copy';
      readonly body: string;
      readonly tenant: string | undefined;
      /** From then on every slot probes the original before its call, in epoch milliseconds. */
      readonly safeFromMs: number;
    }
  | { readonly kind: 'refused'; readonly why: string };

/** Slots on several machines read their own clocks. */
const CLOCKS_APART_MS = 1_000;

/**
 * The message of a waiting task once more, as HIGH. It resumes the same task under the same idempotency key, so the
 * message that comes second finds the task closed, or its call in the ledger.
 */
export function highCopyOf(
  message: unknown,
  { livenessAfterMs, priorities }: Pick<OrchestratorConfig, 'livenessAfterMs' | 'priorities'>,
  nowMs: number,
): HighCopy {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  const parsed = parseTaskRequest(body);
  if (parsed.kind === 'malformed')
    return { kind: 'refused', why: 'its history does not show a task request of ours' };
  if (parsed.request.taskToken === HIDDEN)
    return { kind: 'refused', why: 'its history does not show the token that resumes the task' };
  if (parsed.request.priority === 'HIGH') return { kind: 'refused', why: 'it is HIGH already' };
  if (parsed.request.orderingKey !== undefined)
    return { kind: 'refused', why: 'it has an orderingKey, and would overtake the earlier calls of its key' };
  if (parsed.request.tenant !== undefined && priorities.HIGH.tenantAllowance !== undefined)
    return {
      kind: 'refused',
      why: 'it has a tenant, whose HIGH calls have an allowance; nobody would count this one',
    };
  const expeditedAt = new Date(nowMs).toISOString();
  return {
    kind: 'copy',
    body: JSON.stringify({ ...(JSON.parse(body) as object), priority: 'HIGH', expeditedAt }),
    tenant: parsed.request.tenant,
    safeFromMs: parsed.request.enqueuedAt + livenessAfterMs + CLOCKS_APART_MS,
  };
}

const HIDDEN = '***';
