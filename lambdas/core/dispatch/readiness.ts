import type { OperationConfig, OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { type Disposition, failTask } from '../outcomes/disposition.js';

export type Readiness =
  | { readonly kind: 'ready'; readonly operation: OperationConfig; readonly probeFirst: boolean }
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
  return { kind: 'ready', operation, probeFirst };
}

/**
 * What becomes of a `once` call whose message was received before: an earlier slot may have made the call and
 * died, so it is not made again.
 */
export function refuseBlindRepeat(operation: OperationConfig, receiveCount: number): Disposition | undefined {
  if (operation.effect === 'idempotent' || receiveCount === 1) return undefined;
  return failTask(
    TASK_ERRORS.outcomeUnknown,
    `receive ${receiveCount} of the message: an earlier slot may have made the call; look it up before repeating it`,
  );
}

function settled(disposition: Disposition): Readiness {
  return { kind: 'settled', disposition };
}

function unknownOperation(config: OrchestratorConfig, request: TaskRequest): string {
  const known = Object.keys(config.operations).join(', ');
  return `operation: unknown "${request.operation}"; expected one of ${known}`;
}
