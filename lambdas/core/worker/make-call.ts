import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { givenBackMax, keepsOrder } from '../config/ordering.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { changeAfterCall, type EndedCall, lookedUp } from '../ledger/record.js';
import { classify } from '../outcomes/classify.js';
import { type TaskHistory, dispositionOf } from '../outcomes/disposition.js';
import type { LegacyAnswer } from '../outcomes/exchange.js';
import type { LegacyOutcome } from '../outcomes/legacy-outcome.js';
import type { Message, Ports } from '../ports.js';
import { identityOf } from './call-identity.js';
import { type Grant, weighsMs } from './claim-call.js';
import type { GateKeeper } from './gate-keeper.js';
import { offloaded } from './offload-result.js';
import type { ReadyCall } from './ready-call.js';
import type { Settlement } from './settle.js';
import type { SlotPacer } from './slot-pacer.js';

/** A call that is prepared, and that the ledger lets us make. */
export interface GrantedCall extends ReadyCall {
  readonly message: Message;
  readonly grant: Grant;
  readonly call: () => Promise<LegacyAnswer>;
}

/** Makes the call, tells the pacer and the gate, and says what is to be done with the message and written into the ledger. */
export async function makeCall(
  ports: Ports,
  config: OrchestratorConfig,
  { pacer, gate }: { readonly pacer: SlotPacer; readonly gate: GateKeeper },
  { request, operation, message, grant, call }: GrantedCall,
): Promise<Settlement> {
  const { clock, telemetry } = ports;
  const startMs = clock.nowMs();
  const { receiveCount } = message;
  pacer.callStarted(startMs);
  telemetry.record({
    kind: 'callStarted',
    lane: message.lane,
    ageMs: startMs - (request.expeditedAt ?? request.enqueuedAt),
    receiveCount,
    controlAgeMs: gate.controlAgeMs,
    ...identityOf(request),
  });
  const { exchange, sentAtMs } = await call();
  // Connecting takes time, so the call may have reached the legacy API later than a call on a warm connection.
  if (sentAtMs !== undefined) pacer.callStarted(Math.max(startMs, sentAtMs));
  if (exchange.kind === 'lost') pacer.callGivenUp();
  const endMs = clock.nowMs();
  const outcome = await offloaded(ports, request, classify(exchange, operation, endMs));
  telemetry.record({
    kind: 'callEnded',
    outcome: outcome.kind,
    reason: reasonOf(outcome),
    serviceTimeMs: endMs - startMs,
    ...identityOf(request),
  });
  await gate.callEnded({
    callId: request.callId,
    operation: request.operation,
    outcome: outcome.kind,
    endMs,
    serviceTimeMs: endMs - startMs,
  });
  const disposition = dispositionOf(outcome, historyOf(config, request, receiveCount));
  const doneByMs = (sentAtMs ?? endMs) + weighsMs(config);
  const settlement = settlementOf(request, grant, { outcome, disposition, doneByMs });
  const mayStillRun = exchange.kind === 'lost' && request.orderingKey !== undefined;
  return mayStillRun ? { ...settlement, hiddenUntilMs: doneByMs } : settlement;
}

/** Receives bound deferrals from above: each deferral cost one, and so did each crash. */
export function historyOf(
  config: OrchestratorConfig,
  { attempt }: TaskRequest,
  receiveCount: number,
): TaskHistory {
  const keepsPlace = keepsOrder(config);
  const mayDefer = receiveCount <= givenBackMax(config);
  return { attempt: keepsPlace ? receiveCount - 1 : attempt, mayDefer, keepsPlace };
}

function settlementOf(request: TaskRequest, grant: Grant, ended: EndedCall): Settlement {
  switch (grant.kind) {
    case 'idempotent':
      return { request, disposition: ended.disposition };
    case 'once':
      return { request, disposition: ended.disposition, change: changeAfterCall(grant, ended) };
    case 'lookup':
      return { request, ...lookedUp(grant, ended) };
  }
}

function reasonOf(outcome: LegacyOutcome): string | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return undefined;
    case 'rejected':
    case 'notFound':
    case 'responseTooLarge':
      return `status ${outcome.status}`;
    case 'responseRefused':
      return `status ${outcome.status}: ${outcome.reason}`;
    case 'throttled':
      return `retry after ${outcome.retryAfterMs ?? 'unknown'} ms`;
    case 'unavailable':
    case 'outcomeUnknown':
      return outcome.reason;
  }
}
