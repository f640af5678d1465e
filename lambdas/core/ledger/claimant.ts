import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import type { TaskRequest } from '../contracts/task-request.js';
import { type Answer, failTask } from '../outcomes/disposition.js';
import { canonicalJson } from './canonical-json.js';
import type { LedgerKey } from './ledger-entry.js';
import type { Claimant } from './verdict.js';

/** Under which a call stands in the ledger. */
export function keyOf({ operation, idempotencyKey }: TaskRequest): LedgerKey {
  return { operation, idempotencyKey };
}

/** Whether the ledger may know more of a request's call than its message does. */
export function isInLedger({ operations }: OrchestratorConfig, request: TaskRequest): boolean {
  // An operation that is no longer configured may have been `once` while it was.
  return request.lookup || operations[request.operation]?.effect !== 'idempotent';
}

/** Who asks the ledger about a call; undefined where the payload is nested too deeply to be told from another. */
export function claimantOf(
  { taskToken, payload }: TaskRequest,
  fingerprint: (text: string) => string,
  nowMs: number,
): Claimant | undefined {
  try {
    return { task: fingerprint(taskToken), payload: fingerprint(canonicalJson(payload)), nowMs };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

/** What becomes of a `once` call whose payload cannot be read. */
export const UNREADABLE: Answer = failTask(
  TASK_ERRORS.invalidRequest,
  'payload: nested too deeply to be read; flatten it',
);
