import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import { type Disposition, dispositionOf, failTask } from '../outcomes/disposition.js';
import type { LegacyRequest } from '../outcomes/exchange.js';
import type { Message, Ports, PreparedCall } from '../ports.js';
import { identityOf } from './call-identity.js';
import type { GateKeeper } from './gate-keeper.js';
import { orKnown } from './known-call.js';
import type { ReadyCall } from './ready-call.js';
import { historyOf } from './make-call.js';
import type { Settlement } from './settle.js';

export type Prepared =
  Extract<PreparedCall, { kind: 'ready' }> | { readonly kind: 'toSettle'; readonly settlement: Settlement };

/**
 * Prepares a call, or says what becomes of a message whose call cannot be made: nothing was sent, so neither the
 * limit nor a quota is charged. That credentials cannot be had is a failure like one of the legacy API, so that many of
 * them open the breaker and the queues are not emptied into failed tasks. Throws when the table cannot be reached.
 */
export async function prepareCall(
  ports: Ports,
  config: OrchestratorConfig,
  gate: GateKeeper,
  { message, ready }: { readonly message: Message; readonly ready: ReadyCall },
): Promise<Prepared> {
  const { request } = ready;
  const prepared = await ports.legacyApi.prepare(legacyRequestOf(ready));
  const uncalled = async (disposition: Disposition): Promise<Prepared> => ({
    kind: 'toSettle',
    settlement: { request, disposition: await orKnown(ports, config, request, disposition) },
  });
  switch (prepared.kind) {
    case 'ready':
      return prepared;
    case 'invalid': {
      return uncalled(failTask(TASK_ERRORS.invalidRequest, prepared.faults.join('; ')));
    }
    case 'notReady': {
      const { reason } = prepared;
      const outcome = { kind: 'unavailable', reason } as const;
      const { callId, operation } = request;
      ports.telemetry.record({ kind: 'notReady', reason, ...identityOf(request) });
      const endMs = ports.clock.nowMs();
      await gate.callEnded({ callId, operation, outcome: outcome.kind, endMs, serviceTimeMs: 0 });
      return uncalled(dispositionOf(outcome, historyOf(config, request, message.receiveCount)));
    }
  }
}

function legacyRequestOf({ request, operation }: ReadyCall): LegacyRequest {
  const { idempotencyKey } = request;
  const payload = request.lookup ? { idempotencyKey } : request.payload;
  return { operation, idempotencyKey, payload };
}
