import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { Problem } from '../contracts/intake-answers.js';
import type { CallRequest } from '../contracts/call-request.js';
import { DEFAULT_PRIORITY } from '../contracts/priority.js';
import { durationText } from '../planning/words.js';
import { problem } from './http.js';
import { backlogBudgetMs, type Outlook } from './outlook.js';

/** Longest wait that a client is asked for, in seconds: what is further off changes before. */
const RETRY_AFTER_SECONDS_MAX = 3_600;

/**
 * Why a call is not taken now; undefined where it is. Each class is judged by what goes before its own calls, so what
 * BATCH piles up never closes the door for HIGH. A call that waits for its time is taken: nobody knows what will wait
 * beside it then.
 */
export function refusalOf(
  config: OrchestratorConfig,
  {
    priority = DEFAULT_PRIORITY,
    deadline,
    notBefore,
  }: Pick<CallRequest, 'priority' | 'deadline' | 'notBefore'>,
  { position, waitMsMin }: Outlook,
  nowMs: number,
): Problem | undefined {
  if (notBefore !== undefined && Date.parse(notBefore) > nowMs) return undefined;
  const budgetMs = backlogBudgetMs(config, priority);
  if (waitMsMin > budgetMs)
    return problem('backlog-full', {
      detail: `${position - 1} calls go first and take ${durationText(waitMsMin)} at least; ${priority} takes calls up to ${durationText(budgetMs)}`,
      priority,
      retryAfterSeconds: retryAfterSeconds(waitMsMin - budgetMs),
    });
  const leftMs = deadline === undefined ? Infinity : Date.parse(deadline) - nowMs;
  // The wait and the time that is left shrink alike: to come back later would help nobody.
  if (waitMsMin > leftMs)
    return problem('deadline-out-of-reach', {
      detail: `${position - 1} calls go first and take ${durationText(waitMsMin)} at least, but the deadline is in ${durationText(leftMs)}; allow more time, or use a more urgent priority`,
      priority,
    });
  return undefined;
}

function retryAfterSeconds(excessMs: number): number {
  return Math.min(RETRY_AFTER_SECONDS_MAX, Math.max(1, Math.ceil(excessMs / 1_000)));
}
