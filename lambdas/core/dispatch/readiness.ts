import type { CalledOperation } from '../config/operation-config.js';
import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { lookupOperationOf } from '../ledger/lookup.js';
import { type Answer, type Disposition, failTask } from '../outcomes/disposition.js';

export type Readiness =
  | { readonly kind: 'ready'; readonly operation: CalledOperation; readonly probeFirst: boolean }
  | { readonly kind: 'settled'; readonly disposition: Disposition };

interface Delivery {
  readonly nowMs: number;
  /** Of its message, this time included. */
  readonly receiveCount: number;
}

/**
 * Whether a call may be made for this request now, from what is known without asking anyone.
 *
 * `probeFirst`: the task may have ended meanwhile (its message waited long, or was received before), so ask Step
 * Functions before spending quota on it.
 */
export function readinessOf(
  config: OrchestratorConfig,
  request: TaskRequest,
  { nowMs, receiveCount }: Delivery,
): Readiness {
  const operation = config.operations[request.operation];
  if (operation === undefined)
    return settled(failTask(TASK_ERRORS.invalidRequest, unknownOperation(config, request)));
  const called = request.lookup ? lookupOperationOf(operation) : operation;
  if (called === undefined) return settled(failTask(TASK_ERRORS.invalidRequest, noLookup(request)));
  const passed = deadlinePassed(request, called, { nowMs, receiveCount });
  if (passed !== undefined) return settled(passed);
  const probeFirst = receiveCount > 1 || nowMs - request.enqueuedAt > config.livenessAfterMs;
  return { kind: 'ready', operation: called, probeFirst };
}

/** What a task is told whose deadline has passed; undefined while it has not. */
export function deadlinePassed(
  { deadline }: Pick<TaskRequest, 'deadline'>,
  { effect }: Pick<CalledOperation, 'effect'>,
  { nowMs, receiveCount }: Delivery,
): Answer | undefined {
  if (deadline === undefined || deadline > nowMs) return undefined;
  // Of a `once` call the ledger would know.
  const what =
    effect === 'idempotent' && receiveCount > 1
      ? 'before an answer came; an earlier delivery of its message may have made the call'
      : 'before the call could start; it was not made';
  return failTask(
    TASK_ERRORS.deadlineExceeded,
    `deadline ${new Date(deadline).toISOString()} passed ${what}`,
  );
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
