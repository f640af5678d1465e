import { withoutExpressions } from '../lambdas/core/config/expressions.js';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';

/** The configuration as a function's environment holds it: without mappings, which are bundled with the worker. */
export function configVariable(config: OrchestratorConfig): string {
  return JSON.stringify(withoutExpressions(config));
}
