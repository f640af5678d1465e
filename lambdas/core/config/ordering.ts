import { UNAVAILABLE_RETRY } from '../contracts/task-errors.js';
import type { OrchestratorConfig } from './orchestrator-config.js';

/**
 * Whether calls keep their place in the order of their key. Then a call that was not executed is repeated by its own
 * message, which keeps its place, and not by the workflow, whose next message would come after those of later calls.
 */
export function keepsOrder({ ordering }: Pick<OrchestratorConfig, 'ordering'>): boolean {
  return ordering !== undefined;
}

/** Most times that a message is given back: deferrals and, where it keeps its place, repeats of its call. */
export function givenBackMax(config: Pick<OrchestratorConfig, 'ordering' | 'maxDeferrals'>): number {
  return config.maxDeferrals + (keepsOrder(config) ? UNAVAILABLE_RETRY.maxAttempts : 0);
}
