import { sha256 } from '../lambdas/adapters/sha-256.js';
import { executionArn, executionNameOf } from '../lambdas/core/contracts/execution-name.js';
import type { CallReference } from './calls.js';

/** The ARN of the execution that is meant. */
export function executionArnOf(reference: CallReference, stateMachineArn: string): string {
  if (typeof reference === 'string') return reference;
  if ('executionArn' in reference) return reference.executionArn;
  return executionArn(stateMachineArn, executionNameOf(reference, sha256));
}

/** The Region in an ARN: the fourth of its parts. */
export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}
