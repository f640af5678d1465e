import { TASK_ERRORS } from '../../lambdas/core/contracts/task-errors.js';
import type { Scheduler } from './scheduler.js';
import type { ModelStepFunctions } from './step-functions.js';
import type { Violations } from './violations.js';

/** What fails a task after its message was dead-lettered, some time later. */
const FAILED_AFTER_MS = 1_000;
const DEAD_LETTERED = { error: TASK_ERRORS.deadLettered, cause: 'too many receives' };

/** P4: what SQS gave up, and that none of it was given up unrun. */
export class DeadLetters {
  readonly #parts: {
    readonly scheduler: Scheduler;
    readonly violations: Violations;
    readonly stepFunctions: ModelStepFunctions;
  };
  #unrun = 0;

  constructor(parts: {
    readonly scheduler: Scheduler;
    readonly violations: Violations;
    readonly stepFunctions: ModelStepFunctions;
  }) {
    this.#parts = parts;
  }

  /** Messages whose task still waited and whose call was never made. */
  get unrun(): number {
    return this.#unrun;
  }

  add(body: string): void {
    const { scheduler, violations, stepFunctions } = this.#parts;
    const { taskToken } = JSON.parse(body) as { readonly taskToken: string };
    const execution = stepFunctions.waitingFor(taskToken);
    if (execution?.callsSent === 0) {
      this.#unrun += 1;
      violations.add('P4', scheduler.nowMs, `c${execution.index} was dead-lettered unrun`);
    }
    scheduler.after(FAILED_AFTER_MS, () => stepFunctions.fail(taskToken, DEAD_LETTERED));
  }
}
