import type { CapacityPlan } from '../../lambdas/core/planning/plan.js';
import type { Question } from './question.js';

/** The whole plan for programs. What never happens and what has no limit is null: JSON has no infinity. */
export function jsonOf(plan: CapacityPlan, { subject, assumptions }: Question): string {
  return `${JSON.stringify({ subject, assumptions, ...plan }, null, 2)}\n`;
}
