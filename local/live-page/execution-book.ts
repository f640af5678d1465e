import {
  type ByPriority,
  byPriority,
  DEFAULT_PRIORITY,
  PRIORITIES,
} from '../../lambdas/core/contracts/priority.js';
import type { FailedExecution, Oldest } from '../../lambdas/core/status/snapshot.js';
import type { StatusChange } from '../aws/step-functions/status-change.js';
import type { ExecutionCounts, ExecutionRow } from './page-state.js';
import type { Told } from './told-by-worker.js';

/** Ended executions that can still be looked at; those that run are all kept. */
const ENDED_MAX = 2_000;

type Priority = ExecutionRow['priority'];

interface Attempt {
  readonly startedAtMs: number;
  ended:
    { readonly outcome: string; readonly reason: string | undefined; readonly tookMs: number } | undefined;
}

export interface BookedExecution {
  readonly executionArn: string;
  readonly name: string;
  readonly priority: Priority;
  readonly operation: string;
  readonly startedAtMs: number;
  readonly attempts: Attempt[];
  end: Pick<StatusChange, 'status' | 'error' | 'cause'> | undefined;
  endedAtMs: number;
}

/** The executions of the orchestrator's own state machine, from their status changes and from what slots tell of their calls. */
export class ExecutionBook {
  #stateMachineArn: string | undefined;
  /** By ARN, in the order of their starts. */
  readonly #executions = new Map<string, BookedExecution>();
  readonly #running: ByPriority<Map<string, BookedExecution>> = byPriority(() => new Map());
  readonly #ended: string[] = [];
  readonly #failures: BookedExecution[] = [];
  readonly #counts = { started: 0, succeeded: 0, failed: 0 };

  /** From now on executions of other state machines are not booked. */
  restrictTo(stateMachineArn: string): void {
    this.#stateMachineArn = stateMachineArn;
  }

  statusChanged(change: StatusChange): void {
    const { executionArn, stateMachineArn, status, name } = change;
    if (this.#stateMachineArn !== undefined && stateMachineArn !== this.#stateMachineArn) return;
    if (status !== 'RUNNING') return this.#end(change);
    this.#forgetEnd(executionArn);
    const { priority, operation } = inputOf(change.input);
    const execution: BookedExecution = {
      ...{ executionArn, name, priority, operation },
      startedAtMs: change.redriveDate ?? change.startDate,
      attempts: [],
      end: undefined,
      endedAtMs: 0,
    };
    this.#executions.set(executionArn, execution);
    this.#running[priority].set(executionArn, execution);
    this.#counts.started += 1;
  }

  hear({ kind, execution, atMs, outcome, reason, serviceTimeMs }: Told): void {
    const attempts = this.#executions.get(execution)?.attempts;
    if (attempts === undefined) return;
    if (kind === 'callStarted') attempts.push({ startedAtMs: atMs, ended: undefined });
    const last = attempts.at(-1);
    if (kind === 'callEnded' && last !== undefined) last.ended = { outcome, reason, tookMs: serviceTimeMs };
  }

  find(name: string): BookedExecution | undefined {
    return [...this.#executions.values()].filter((execution) => execution.name === name).at(-1);
  }

  nameOf(executionArn: string): string {
    return this.#executions.get(executionArn)?.name ?? executionArn.split(':').at(-1) ?? '';
  }

  counts(): ExecutionCounts {
    const running = PRIORITIES.reduce((sum, priority) => sum + this.#running[priority].size, 0);
    return { ...this.#counts, running };
  }

  /** Since when the execution of each class runs that has run for longest. */
  oldest(): ByPriority<Oldest> {
    return byPriority((priority) => {
      for (const { startedAtMs } of this.#running[priority].values())
        return { atMs: startedAtMs, exact: true };
      return undefined;
    });
  }

  lastFailures(most: number): readonly FailedExecution[] {
    return this.#failures
      .slice(-most)
      .reverse()
      .map(({ name, endedAtMs, end }) => ({
        ...{ name, endedAtMs },
        error: end?.error ?? undefined,
        status: end?.status,
      }));
  }

  /** The last started that are still known, the newest first. */
  rows(most: number, nowMs: number): readonly ExecutionRow[] {
    return [...this.#executions.values()]
      .slice(-most)
      .reverse()
      .map((execution) => rowOf(execution, nowMs));
  }

  /** Of one that is redriven: it is booked anew, as of now. */
  #forgetEnd(executionArn: string): void {
    const execution = this.#executions.get(executionArn);
    if (execution?.end === undefined) return;
    this.#executions.delete(executionArn);
    remove(this.#ended, executionArn);
    remove(this.#failures, execution);
    this.#counts.started -= 1;
    this.#counts.failed -= 1;
  }

  #end({ executionArn, status, error, cause, stopDate }: StatusChange): void {
    const execution = this.#executions.get(executionArn);
    if (execution?.end !== undefined || execution === undefined) return;
    execution.end = { status, error, cause };
    execution.endedAtMs = stopDate ?? execution.startedAtMs;
    this.#running[execution.priority].delete(executionArn);
    this.#counts[status === 'SUCCEEDED' ? 'succeeded' : 'failed'] += 1;
    if (status !== 'SUCCEEDED') this.#failures.push(execution);
    if (this.#failures.length > ENDED_MAX) this.#failures.shift();
    this.#ended.push(executionArn);
    const forgotten = this.#ended.length > ENDED_MAX ? this.#ended.shift() : undefined;
    if (forgotten !== undefined) this.#executions.delete(forgotten);
  }
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}

export function rowOf(execution: BookedExecution, nowMs: number): ExecutionRow {
  const { name, priority, operation, startedAtMs, attempts, end, endedAtMs } = execution;
  const [first] = attempts;
  return {
    ...{ name, priority, operation },
    phase: phaseOf(execution),
    startedAt: new Date(startedAtMs).toISOString(),
    waitedMs: Math.max(0, (first?.startedAtMs ?? (end === undefined ? nowMs : endedAtMs)) - startedAtMs),
    called: first !== undefined,
    calls: attempts.length,
    tookMs: attempts.at(-1)?.ended?.tookMs ?? null,
    error: end?.error ?? null,
  };
}

function phaseOf({ end, attempts }: BookedExecution): ExecutionRow['phase'] {
  switch (end?.status) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
      return 'failed';
    case 'TIMED_OUT':
      return 'timedOut';
    case 'ABORTED':
      return 'stopped';
    case 'RUNNING':
    case undefined:
      break;
  }
  const last = attempts.at(-1);
  if (last === undefined) return 'waiting';
  return last.ended === undefined ? 'calling' : 'betweenCalls';
}

/** What was asked for, with the state machine's own defaults; never the payload. */
function inputOf(input: string): { readonly priority: Priority; readonly operation: string } {
  const { priority, operation } = parse(input);
  return {
    priority: PRIORITIES.find((known) => known === priority) ?? DEFAULT_PRIORITY,
    operation: typeof operation === 'string' ? operation : '',
  };
}

function parse(input: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(input);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
