import { TASK_ERRORS } from '../../lambdas/core/contracts/task-errors.js';
import type { Execution } from './execution.js';
import type { Violations } from './violations.js';

/** Faults an end that says something else than what the legacy API did. */
export function judgeEnd(
  { index, plan, end, executed, maybeExecuted }: Execution,
  { violations, atMs }: { readonly violations: Violations; readonly atMs: number },
): void {
  if (end === 'succeeded' && !executed)
    violations.add('P4', atMs, `c${index} succeeded but was never executed`);
  if (end === `failed: ${TASK_ERRORS.deadLettered}` && plan.once && maybeExecuted)
    violations.add('P5', atMs, `c${index} may have been executed, and was not told so`);
}
