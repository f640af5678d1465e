import type { CalledOperation } from '../config/operation-config.js';
import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { lookupOperationOf } from '../ledger/lookup.js';
import { type Disposition, failTask } from '../outcomes/disposition.js';

export type Readiness =
  | { readonly kind: 'ready'; readonly operation: CalledOperation; readonly probeFirst: boolean }
  | { readonly kind: 'settled'; readonly disposition: Disposition };

/**
 * Whether a call may be made for this request now, from what is known without asking anyone.
 *
 * `probeFirst`: the task may have ended meanwhile (its message waited long, or was received before), so ask Step
 * Functions before spending quota on it.
 */
export function readinessOf(
  config: OrchestratorConfig,
  request: TaskRequest,
  { nowMs, receiveCount }: { readonly nowMs: number; readonly receiveCount: number },
): Readiness {
  const operation = config.operations[request.operation];
  if (operation === undefined)
    return settled(failTask(TASK_ERRORS.invalidRequest, unknownOperation(config, request)));
  const called = request.lookup ? lookupOperationOf(operation) : operation;
  if (called === undefined) return settled(failTask(TASK_ERRORS.invalidRequest, noLookup(request)));
  if (request.deadline !== undefined && request.deadline <= nowMs) {
    const deadline = new Date(request.deadline).toISOString();
    return settled(
      failTask(
        TASK_ERRORS.deadlineExceeded,
        `deadline ${deadline} passed before the call could start; it was not made`,
      ),
    );
  }
  const probeFirst = receiveCount > 1 || nowMs - request.enqueuedAt > config.livenessAfterMs;
  return { kind: 'ready', operation: called, probeFirst };
}

function settled(disposition: Disposition): Readiness {
  return { kind: 'settled', disposition };
}

function unknownOperation(config: OrchestratorConfig, request: TaskRequest): string {
  const known = Object.keys(config.operations).join(', ');
  return `operation: unknown "${request.operation}"; expected one of ${known}`;
}

function noLookup({ operation }: TaskRequest): string {
  return `lookup: the configuration of ${operation} names none; add it, or decide without`;
}
