import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { CallFailedError } from './errors.js';

/** Where a call stands. */
export type CallStatus<Output = unknown> =
  | { readonly kind: 'running'; readonly startedAt: Date }
  | { readonly kind: 'succeeded'; readonly output: Output }
  | { readonly kind: 'failed'; readonly failure: CallFailedError };

type Execution = Partial<DescribeExecutionOutput>;

/** Reads what Step Functions says of an execution. */
export function callStatusOf<Output>(execution: Execution): CallStatus<Output> {
  const { executionArn = '', status, startDate, output, error, cause = '' } = execution;
  switch (status) {
    case 'RUNNING':
    case 'PENDING_REDRIVE':
      return { kind: 'running', startedAt: startDate ?? new Date(0) };
    case 'SUCCEEDED':
      return { kind: 'succeeded', output: (output === undefined ? null : JSON.parse(output)) as Output };
    case 'FAILED':
    case 'TIMED_OUT':
    case 'ABORTED':
    case undefined:
      return { kind: 'failed', failure: new CallFailedError(executionArn, error ?? nameOf(status), cause) };
  }
}

/** Of an execution that ended without an error's name. */
function nameOf(status: 'FAILED' | 'TIMED_OUT' | 'ABORTED' | undefined): string {
  return status === 'TIMED_OUT' ? 'States.Timeout' : (status ?? 'unknown');
}
