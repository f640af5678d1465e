import type { TaskFailure } from '../../lambdas/core/contracts/task-errors.js';
import type { ResumeOutcome, TaskCallback } from '../../lambdas/core/ports.js';
import type { Journal } from './journal.js';
import type { VirtualClock } from './virtual-clock.js';

export const UNAVAILABLE: ResumeOutcome = { kind: 'unavailable', reason: 'ThrottlingException' };

/** Step Functions, seen from the worker: which tasks wait, and what became of each. */
export class ScriptedCallback implements TaskCallback {
  /** Answers of the next callbacks, in order; then every callback is taken whose task is not closed. */
  readonly script: ResumeOutcome[] = [];
  /** Whether Step Functions takes no callback at all. */
  unavailable = false;
  /** How long one callback takes. */
  latencyMs = 0;
  /** Tokens for which nobody waits any more. */
  readonly closed = new Set<string>();
  readonly succeeded = new Map<string, string>();
  readonly failed = new Map<string, TaskFailure>();
  readonly #clock: VirtualClock;
  readonly #journal: Journal;

  constructor(clock: VirtualClock, journal: Journal) {
    this.#clock = clock;
    this.#journal = journal;
  }

  async succeed(taskToken: string, outputJson: string): Promise<ResumeOutcome> {
    const outcome = await this.#answer('succeed', taskToken);
    if (outcome.kind === 'resumed') this.succeeded.set(taskToken, outputJson);
    return outcome;
  }

  async fail(taskToken: string, failure: TaskFailure): Promise<ResumeOutcome> {
    const outcome = await this.#answer('fail', taskToken);
    if (outcome.kind === 'resumed') this.failed.set(taskToken, failure);
    return outcome;
  }

  async probe(taskToken: string): Promise<'waiting' | 'closed' | 'denied' | 'unknown'> {
    this.#journal.write(`probe ${nameOf(taskToken)}`);
    await this.#clock.sleep(this.latencyMs);
    if (this.unavailable) return 'unknown';
    return this.#isClosed(taskToken) ? 'closed' : 'waiting';
  }

  async #answer(what: string, taskToken: string): Promise<ResumeOutcome> {
    this.#journal.write(`${what} ${nameOf(taskToken)}`);
    await this.#clock.sleep(this.latencyMs);
    const scripted = this.unavailable ? UNAVAILABLE : this.script.shift();
    return scripted ?? { kind: this.#isClosed(taskToken) ? 'taskClosed' : 'resumed' };
  }

  #isClosed(taskToken: string): boolean {
    return this.closed.has(taskToken) || this.succeeded.has(taskToken) || this.failed.has(taskToken);
  }
}

function nameOf(taskToken: string): string {
  return taskToken.replace('token-of-', '');
}
