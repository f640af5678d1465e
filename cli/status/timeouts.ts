import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { counted } from '../../lambdas/core/contracts/counted.js';
import type { ByPriority, Priority } from '../../lambdas/core/contracts/priority.js';
import { durationText } from '../../lambdas/core/planning/words.js';
import type { QueueContents } from '../../lambdas/core/status/queue-contents.js';
import type { Oldest } from '../../lambdas/core/status/snapshot.js';
import { instantText } from '../words.js';

/** What a pause without an end would do to the tasks that wait now. */
export interface WaitingTasks {
  readonly priority: Priority;
  /** All of them would time out. */
  readonly tasks: number;
  readonly taskTimeoutMs: number;
  /** None before this. Null where nothing waits, or where nobody knows since when. */
  readonly notBefore: string | null;
  /** All of them by then. */
  readonly lastAt: string | null;
}

/** Who waits for how long is told by the oldest execution of the class; a task came no later than now. */
export function timeoutsDuringPause(
  { priorities }: OrchestratorConfig,
  priority: Priority,
  contents: ByPriority<QueueContents>,
  oldest: ByPriority<Oldest>,
  nowMs: number,
): WaitingTasks {
  const taskTimeoutMs = priorities[priority].taskTimeoutSeconds * 1_000;
  const tasks = contents[priority].waiting;
  const since = oldest[priority];
  return {
    priority,
    tasks,
    taskTimeoutMs,
    // Not the instant itself: an execution that repeats its call has a task that is younger than itself.
    notBefore: tasks === 0 || since === undefined ? null : iso(since.atMs + taskTimeoutMs),
    lastAt: tasks === 0 ? null : iso(nowMs + taskTimeoutMs),
  };
}

/** The same in a sentence. */
export function timeoutsText({ priority, tasks, taskTimeoutMs, notBefore, lastAt }: WaitingTasks): string {
  const after = durationText(taskTimeoutMs);
  if (tasks === 0) return `${priority}: nothing waits. A task times out ${after} after it comes.`;
  const [waits, none, last] =
    tasks === 1
      ? [`waits. Unless resumed, it times out ${after} after it came`, 'not', 'by']
      : [`wait. Unless resumed, all time out ${after} after each came`, 'none', 'the last by'];
  const first = notBefore === null ? '' : `${none} before ${instantText(notBefore)}, `;
  return `${priority}: ${counted(tasks, 'task')} ${waits}: ${first}${last} ${instantText(lastAt)}.`;
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
