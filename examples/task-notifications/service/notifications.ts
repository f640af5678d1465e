import {
  CallConflictError,
  CallNotFoundError,
  type OrchestratorClient,
  type StartResult,
} from 'rate-limited-orchestrator/client';
import type { Task } from './task.js';

/** What the mail API offers, as the orchestrator's configuration names it. */
export interface MailOperations {
  readonly sendMail: { readonly input: Mail; readonly output: { readonly id: string } };
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface DigestsStarted {
  readonly started: number;
  /** Had been started before, perhaps about other tasks. */
  readonly before: number;
  readonly failed: number;
}

/**
 * Mails about tasks. Each has a key, so it is sent once however often it is asked for, and each has its priority: who is
 * given a task hears of it at once, whatever digests and reminders still wait.
 */
export class Notifications {
  readonly #orchestrator: OrchestratorClient<MailOperations>;

  constructor(orchestrator: OrchestratorClient<MailOperations>) {
    this.#orchestrator = orchestrator;
  }

  /** Tells a new assignee of the task, and its assignee again when it is due. Harmless to repeat. */
  async announce(task: Task): Promise<void> {
    if (task.assignedIn === task.revision) await this.#assigned(task);
    if (task.dueAt !== undefined) await this.#remind(task, task.dueAt);
  }

  /** Takes back what waits for its time or its turn. Harmless to repeat, and where there is none. */
  async cancelReminder(task: Task): Promise<void> {
    if (task.dueAt === undefined) return;
    const reminder = { operation: 'sendMail', idempotencyKey: reminderKey(task) } as const;
    try {
      await this.#orchestrator.cancel(reminder, 'the task was changed or deleted');
    } catch (error) {
      if (!(error instanceof CallNotFoundError)) throw error;
    }
  }

  /** One mail of a day for each assignee. Harmless to repeat. */
  async digests(day: string, tasks: readonly Task[]): Promise<DigestsStarted> {
    const results = await this.#orchestrator.startMany(
      [...byAssignee(tasks)].map(([to, titles]) => ({
        operation: 'sendMail',
        priority: 'BATCH',
        idempotencyKey: `digest/${day}/${to}`,
        payload: { to, subject: `Your ${titles.length} tasks`, text: titles.join('\n') },
      })),
    );
    const count = (kind: ReturnType<typeof digestKind>) =>
      results.filter((result) => digestKind(result) === kind).length;
    return { started: count('started'), before: count('before'), failed: count('failed') };
  }

  async #assigned(task: Task): Promise<void> {
    await this.#orchestrator.start({
      operation: 'sendMail',
      priority: 'HIGH',
      idempotencyKey: `assigned/${task.id}/${task.revision}`,
      payload: { to: task.assignee, subject: `For you: ${task.title}`, text: 'A task was assigned to you.' },
    });
  }

  async #remind(task: Task, dueAt: string): Promise<void> {
    await this.#orchestrator.start({
      operation: 'sendMail',
      priority: 'BATCH',
      idempotencyKey: reminderKey(task),
      notBefore: dueAt,
      payload: { to: task.assignee, subject: `Due: ${task.title}`, text: 'A task of yours is due.' },
    });
  }
}

function reminderKey({ id, revision }: Task): string {
  return `reminder/${id}/${revision}`;
}

function byAssignee(tasks: readonly Task[]): ReadonlyMap<string, readonly string[]> {
  const titles = new Map<string, string[]>();
  for (const { assignee, title } of tasks) titles.set(assignee, [...(titles.get(assignee) ?? []), title]);
  return titles;
}

/** A digest of the same day about other tasks has been sent: another would only repeat most of it. */
function digestKind(result: StartResult): 'started' | 'before' | 'failed' {
  if (result.kind === 'started') return result.call.alreadyEnded ? 'before' : 'started';
  return result.error instanceof CallConflictError ? 'before' : 'failed';
}
