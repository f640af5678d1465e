import type { OperationConfig, OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import { parseTaskRequest, type TaskRequest } from '../contracts/task-request.js';
import { readinessOf, refuseBlindRepeat } from '../dispatch/readiness.js';
import { classify } from '../outcomes/classify.js';
import { type Disposition, type TaskHistory, dispositionOf } from '../outcomes/disposition.js';
import type { LegacyOutcome } from '../outcomes/legacy-outcome.js';
import type { Message, Ports } from '../ports.js';
import { identityOf } from './call-identity.js';
import { delivered } from './settle.js';
import type { SlotPacer } from './slot-pacer.js';

/** A message together with what is to be done with it. */
export type Served =
  | { readonly kind: 'done' }
  | { readonly kind: 'toSettle'; readonly request: TaskRequest; readonly disposition: Disposition };

/** A message that may be called for: parsed, in time, and with somebody waiting for it. */
export interface ReadyCall {
  readonly kind: 'call';
  readonly request: TaskRequest;
  readonly operation: OperationConfig;
}

/**
 * Everything about a message that can be found out before the legacy API is touched: dead work ends here and
 * costs no quota and no hold.
 */
export async function prepare(
  ports: Ports,
  config: OrchestratorConfig,
  message: Message,
): Promise<ReadyCall | Served> {
  const parsed = parseTaskRequest(message.body);
  if (parsed.kind === 'malformed') return refuseMalformed(ports, message, parsed);
  const { request } = parsed;
  const { receiveCount } = message;
  const readiness = readinessOf(config, request, { nowMs: ports.clock.nowMs(), receiveCount });
  if (readiness.kind === 'settled') return settleUncalled(ports, request, readiness.disposition);
  if (readiness.probeFirst && (await ports.callback.probe(request.taskToken)) === 'closed') {
    ports.telemetry.record({ kind: 'abandoned', why: 'taskClosed', ...identityOf(request) });
    return { kind: 'toSettle', request, disposition: { kind: 'drop' } };
  }
  const repeat = refuseBlindRepeat(readiness.operation, receiveCount);
  if (repeat !== undefined) return { kind: 'toSettle', request, disposition: repeat };
  return { kind: 'call', request, operation: readiness.operation };
}

/** Makes the call, tells the pacer, and says what is to be done with the message. */
export async function makeCall(
  ports: Ports,
  config: OrchestratorConfig,
  pacer: SlotPacer,
  { request, operation, message }: ReadyCall & { readonly message: Message },
): Promise<Disposition> {
  const { clock, telemetry, legacyApi } = ports;
  const startMs = clock.nowMs();
  const { receiveCount } = message;
  pacer.callStarted(startMs);
  telemetry.record({
    kind: 'callStarted',
    ageMs: startMs - request.enqueuedAt,
    receiveCount,
    ...identityOf(request),
  });
  const { idempotencyKey, payload } = request;
  const { exchange, sentAtMs } = await legacyApi.call({ operation, idempotencyKey, payload });
  // Connecting takes time, so the call may have reached the legacy API later than a call on a warm connection.
  if (sentAtMs !== undefined) pacer.callStarted(Math.max(startMs, sentAtMs));
  if (exchange.kind === 'lost') pacer.callGivenUp();
  const endMs = clock.nowMs();
  const outcome = classify(exchange, operation, endMs);
  telemetry.record({
    kind: 'callEnded',
    outcome: outcome.kind,
    reason: reasonOf(outcome),
    serviceTimeMs: endMs - startMs,
    ...identityOf(request),
  });
  return dispositionOf(outcome, historyOf(config, { request, operation }, receiveCount));
}

/**
 * Receives bound deferrals from above: each deferral cost one, and so did each crash. A `once` call is made on the
 * first receive of its message only, so its message is never given back: it would come back as a blind repeat.
 */
export function historyOf(
  config: OrchestratorConfig,
  { request, operation }: Pick<ReadyCall, 'request' | 'operation'>,
  receiveCount: number,
): TaskHistory {
  const mayDefer = operation.effect === 'idempotent' && receiveCount <= config.maxDeferrals;
  return { attempt: request.attempt, mayDefer };
}

async function refuseMalformed(
  ports: Ports,
  message: Message,
  { faults, taskToken }: { readonly faults: readonly string[]; readonly taskToken: string | undefined },
): Promise<Served> {
  const cause = `the message is not a task request: ${faults.join('; ')}`;
  ports.telemetry.record({ kind: 'malformed', priority: message.priority, faults });
  await ports.queues.park(message, cause);
  if (taskToken !== undefined) {
    const failure = { error: TASK_ERRORS.invalidRequest, cause };
    const outcome = await delivered(ports, () => ports.callback.fail(taskToken, failure));
    if (outcome.kind === 'unavailable') return { kind: 'done' };
  }
  await ports.queues.delete(message);
  return { kind: 'done' };
}

function settleUncalled(ports: Ports, request: TaskRequest, disposition: Disposition): Served {
  if (disposition.kind === 'failTask' && disposition.failure.error === TASK_ERRORS.deadlineExceeded) {
    ports.telemetry.record({ kind: 'abandoned', why: 'deadlinePassed', ...identityOf(request) });
  }
  return { kind: 'toSettle', request, disposition };
}

function reasonOf(outcome: LegacyOutcome): string | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return undefined;
    case 'rejected':
    case 'responseTooLarge':
      return `status ${outcome.status}`;
    case 'throttled':
      return `retry after ${outcome.retryAfterMs ?? 'unknown'} ms`;
    case 'unavailable':
    case 'outcomeUnknown':
      return outcome.reason;
  }
}
