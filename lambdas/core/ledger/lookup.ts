import type { OperationConfig } from '../config/orchestrator-config.js';
import { STATE_DATA_MAX_BYTES } from '../contracts/limits.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import { type Answer, failTask } from '../outcomes/disposition.js';
import { fitsStateData } from '../outcomes/state-data.js';

/** The call that finds out whether a call of this operation was executed; undefined where none is configured. */
export function lookupOperationOf({ lookup, timeoutMs }: OperationConfig): OperationConfig | undefined {
  if (lookup === undefined) return undefined;
  const { method, path, query, headers, body, format, result } = lookup;
  const wire = { method, path, query, headers, body, format, result };
  return { ...wire, effect: 'idempotent', timeoutMs, retryableStatuses: [] };
}

/** Tells the workflow that the call was executed, and its result. */
export function foundExecuted(resultJson: string): Answer {
  const outputJson = `{"executed":true,"result":${resultJson}}`;
  if (fitsStateData(outputJson)) return { kind: 'succeedTask', outputJson };
  return failTask(
    TASK_ERRORS.responseTooLarge,
    `the call was executed but its result, looked up, exceeds ${STATE_DATA_MAX_BYTES} bytes`,
  );
}

/** Tells the workflow that the call was not executed, and so may be made again. */
export const FOUND_NOT_EXECUTED: Answer = { kind: 'succeedTask', outputJson: '{"executed":false}' };
