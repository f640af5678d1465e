import { type CalledOperation, methodOfLookup, type OperationConfig } from '../config/operation-config.js';
import { STATE_DATA_MAX_BYTES } from '../contracts/limits.js';
import { TASK_ERRORS } from '../contracts/task-errors.js';
import { type Answer, failTask } from '../outcomes/disposition.js';
import { fitsStateData } from '../outcomes/state-data.js';

/** The call that finds out whether a call of this operation was executed; undefined where none is configured. */
export function lookupOperationOf({ lookup, timeoutMs }: OperationConfig): CalledOperation | undefined {
  if (lookup === undefined) return undefined;
  const { executed, notExecutedStatuses, notExecutedFaults = [], ...wire } = lookup;
  const { soap, adapter } = wire;
  const onlyStatusTells = [executed, soap, adapter].every((teller) => teller === undefined);
  return {
    ...wire,
    method: methodOfLookup(lookup),
    ...{ effect: 'idempotent', timeoutMs, retryableStatuses: [] },
    lookupAnswers: {
      ...{ executed, notExecutedFaults },
      notExecutedStatuses: notExecutedStatuses ?? (onlyStatusTells ? [404] : []),
    },
  };
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
