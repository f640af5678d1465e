import type { Priority } from '../../lambdas/core/contracts/priority.js';
import {
  type TaskFailure,
  TASK_ERRORS,
  UNAVAILABLE_RETRY,
} from '../../lambdas/core/contracts/task-errors.js';
import { type Dice, latencyMs } from './dice.js';
import { type Execution, type ExecutionEnd, newExecution, type PlannedExecution } from './execution.js';
import { TASK_TO_QUEUE } from './latencies.js';
import type { Scheduler } from './scheduler.js';

export interface StepFunctionsParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly taskTimeoutMs: (priority: Priority) => number;
  readonly stopProbability: number;
  readonly send: (execution: Execution, body: string) => void;
  readonly onRunning: (execution: Execution) => void;
  readonly onEnd: (execution: Execution) => void;
}

/** An execution is stopped, if at all, at some time in its first minute. */
const STOPPED_WITHIN_MS = 60_000;

/**
 * Standard workflows with one callback task: TimeoutSeconds, Retry on `LegacyApi.Unavailable` with a new token for
 * each attempt, stops from outside, and callbacks that come too late or twice and are refused.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export class ModelStepFunctions {
  readonly executions: Execution[] = [];
  readonly #parts: StepFunctionsParts;

  constructor(parts: StepFunctionsParts) {
    this.#parts = parts;
  }

  start(plan: PlannedExecution): void {
    const { scheduler, dice, stopProbability } = this.#parts;
    const execution = newExecution(this.executions.length, plan);
    this.executions.push(execution);
    this.#parts.onRunning(execution);
    this.#startTask(execution);
    if (dice.chance(stopProbability)) {
      scheduler.after(dice.ratio() * STOPPED_WITHIN_MS, () => this.#end(execution, 'stopped'));
    }
  }

  /** The execution whose task waits for this token; undefined when nobody does. */
  waitingFor(taskToken: string): Execution | undefined {
    const [index, attempt] = taskToken.split('.');
    const execution = this.executions[Number(index)];
    return execution?.end === undefined && execution?.attempt === Number(attempt) ? execution : undefined;
  }

  /** @returns whether a task waited for it. */
  succeed(taskToken: string): boolean {
    const execution = this.waitingFor(taskToken);
    if (execution !== undefined) this.#end(execution, 'succeeded');
    return execution !== undefined;
  }

  /** @returns whether a task waited for it. */
  fail(taskToken: string, { error }: TaskFailure): boolean {
    const execution = this.waitingFor(taskToken);
    if (execution === undefined) return false;
    const repeats = error === TASK_ERRORS.unavailable && execution.attempt < UNAVAILABLE_RETRY.maxAttempts;
    if (repeats) this.#retry(execution);
    else this.#end(execution, `failed: ${error}`);
    return true;
  }

  /** Notes that a liveness probe was not answered: what follows for a dead execution is then nobody's fault. */
  probeFailed(taskToken: string): void {
    const execution = this.executions[Number(taskToken.split('.')[0])];
    if (execution !== undefined) execution.probeFailed = true;
  }

  #retry(execution: Execution): void {
    const { scheduler, dice } = this.#parts;
    const { intervalSeconds, backoffRate, maxDelaySeconds } = UNAVAILABLE_RETRY;
    const waitSeconds = Math.min(maxDelaySeconds, intervalSeconds * backoffRate ** execution.attempt);
    execution.attempt += 1;
    // JitterStrategy FULL: anything from nothing to the whole wait.
    scheduler.after(dice.ratio() * waitSeconds * 1_000, () => this.#startTask(execution));
  }

  #startTask(execution: Execution): void {
    const { scheduler, dice, taskTimeoutMs, send } = this.#parts;
    const { attempt, plan } = execution;
    if (execution.end !== undefined) return;
    scheduler.after(latencyMs(dice, TASK_TO_QUEUE), () => {
      if (attempt === 0) execution.firstEnqueuedMs = scheduler.nowMs;
      send(execution, bodyOf(execution, scheduler.nowMs));
    });
    scheduler.after(taskTimeoutMs(plan.priority), () => {
      if (execution.attempt === attempt) this.#end(execution, 'States.Timeout');
    });
  }

  #end(execution: Execution, end: ExecutionEnd): void {
    if (execution.end !== undefined) return;
    execution.end = end;
    execution.endedMs = this.#parts.scheduler.nowMs;
    this.#parts.onEnd(execution);
  }
}

/** The message as the state machine writes it; the payload is the execution's index. */
function bodyOf({ index, attempt, plan }: Execution, nowMs: number): string {
  const enqueuedAt = new Date(nowMs).toISOString();
  const operation = plan.once ? 'bookOrder' : 'getOrder';
  const deadline =
    plan.deadlineMs === undefined ? '' : `"deadline":"${new Date(plan.deadlineMs).toISOString()}",`;
  return `{"schemaVersion":1,"taskToken":"${index}.${attempt}","callId":"c${index}","idempotencyKey":"k${index}","operation":"${operation}","payload":${index},"priority":"${plan.priority}","attempt":${attempt},"enqueuedAt":"${enqueuedAt}",${deadline}"execution":"e${index}","state":"Call"}`;
}
