import type { Priority } from '../../lambdas/core/contracts/priority.js';
import {
  type TaskFailure,
  TASK_ERRORS,
  LOOKUPS_MAX,
  UNAVAILABLE_RETRY,
} from '../../lambdas/core/contracts/task-errors.js';
import { type Dice, latencyMs } from './dice.js';
import {
  canBeLookedUp,
  type Execution,
  type ExecutionEnd,
  newExecution,
  operationOf,
  type PlannedExecution,
} from './execution.js';
import { TASK_TO_QUEUE } from './latencies.js';
import type { Scheduler } from './scheduler.js';

export interface StepFunctionsParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly taskTimeoutMs: (priority: Priority) => number;
  readonly stopProbability: number;
  /** Whether the state machine repeats what was unavailable; where order is kept it does not. */
  readonly repeats: boolean;
  readonly send: (execution: Execution, body: string, taskToken: string) => void;
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
    if (plan.stopAtMs !== undefined) scheduler.at(plan.stopAtMs, () => this.#end(execution, 'stopped'));
    if (dice.chance(stopProbability)) {
      scheduler.after(dice.ratio() * STOPPED_WITHIN_MS, () => this.#end(execution, 'stopped'));
    }
  }

  /** The execution whose task waits for this token; undefined when nobody does. */
  waitingFor(taskToken: string): Execution | undefined {
    const execution = this.#executionOf(taskToken);
    const attempt = Number(taskToken.slice(taskToken.indexOf('.') + 1));
    return execution?.end === undefined && execution?.attempt === attempt ? execution : undefined;
  }

  /** @returns whether a task waited for it. */
  succeed(taskToken: string, outputJson: string): boolean {
    const execution = this.waitingFor(taskToken);
    if (execution === undefined) return false;
    if (execution.state === 'lookup' && isNotExecuted(outputJson)) this.#enter(execution, 'call');
    else this.#end(execution, 'succeeded');
    return true;
  }

  /** @returns whether a task waited for it. */
  fail(taskToken: string, { error }: TaskFailure): boolean {
    const execution = this.waitingFor(taskToken);
    if (execution === undefined) return false;
    const { state, retries, index } = execution;
    const mayRepeat = this.#parts.repeats && retries < UNAVAILABLE_RETRY.maxAttempts;
    if (error === TASK_ERRORS.unavailable && mayRepeat) this.#retry(execution);
    else if (state === 'lookup') this.#end(execution, `failed: ${TASK_ERRORS.outcomeUnknown}`);
    else if (error === TASK_ERRORS.outcomeUnknown && canBeLookedUp(index)) this.#lookUp(execution);
    else this.#end(execution, `failed: ${error}`);
    return true;
  }

  /** Notes that a liveness probe was not answered: what follows for a dead execution is then nobody's fault. */
  probeFailed(taskToken: string): void {
    const execution = this.#executionOf(taskToken);
    if (execution !== undefined) execution.probeFailed = true;
  }

  #executionOf(taskToken: string): Execution | undefined {
    return this.executions[Number(taskToken.slice(0, taskToken.indexOf('.')))];
  }

  #retry(execution: Execution): void {
    const { scheduler, dice } = this.#parts;
    const { intervalSeconds, backoffRate, maxDelaySeconds } = UNAVAILABLE_RETRY;
    const waitSeconds = Math.min(maxDelaySeconds, intervalSeconds * backoffRate ** execution.retries);
    execution.attempt += 1;
    execution.retries += 1;
    // JitterStrategy FULL: anything from nothing to the whole wait.
    scheduler.after(dice.ratio() * waitSeconds * 1_000, () => this.#startTask(execution));
  }

  #lookUp(execution: Execution): void {
    execution.lookups += 1;
    if (execution.lookups <= LOOKUPS_MAX) this.#enter(execution, 'lookup');
    else this.#end(execution, `failed: ${TASK_ERRORS.outcomeUnknown}`);
  }

  #enter(execution: Execution, state: Execution['state']): void {
    execution.state = state;
    execution.attempt += 1;
    execution.retries = 0;
    this.#startTask(execution);
  }

  #startTask(execution: Execution): void {
    const { scheduler, dice, taskTimeoutMs, send } = this.#parts;
    const { attempt, plan } = execution;
    if (execution.end !== undefined) return;
    scheduler.after(latencyMs(dice, TASK_TO_QUEUE), () => {
      if (attempt === 0) execution.firstEnqueuedMs = scheduler.nowMs;
      send(execution, bodyOf(execution, scheduler.nowMs), tokenOf(execution));
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
function bodyOf(execution: Execution, nowMs: number): string {
  const { index, retries, state, plan } = execution;
  const enqueuedAt = new Date(nowMs).toISOString();
  const operation = operationOf(execution);
  const deadline =
    plan.deadlineMs === undefined ? '' : `"deadline":"${new Date(plan.deadlineMs).toISOString()}",`;
  const isOrdered = state === 'call' && plan.orderingKey !== undefined;
  const orderingKey = isOrdered ? `"orderingKey":"${plan.orderingKey}",` : '';
  return `{"schemaVersion":1,${orderingKey}"taskToken":"${tokenOf(execution)}","callId":"c${index}","idempotencyKey":"k${index}","operation":"${operation}","payload":${index},"priority":"${plan.priority}","attempt":${retries},"lookup":${state === 'lookup'},"enqueuedAt":"${enqueuedAt}",${deadline}"execution":"e${index}","state":"Call"}`;
}

function tokenOf({ index, attempt }: Execution): string {
  return `${index}.${attempt}`;
}

function isNotExecuted(outputJson: string): boolean {
  return !(JSON.parse(outputJson) as { readonly executed: boolean }).executed;
}
