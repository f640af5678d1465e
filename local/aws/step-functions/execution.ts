import { History } from './history.js';
import { whyNotRedrivable } from './redrivable.js';
import type { Data, JsonObject } from './json.js';
import type { StateError } from './state-error.js';
import type { StateMachine } from './state-machine.js';
import type { ExecutionStatus, StatusChange } from './status-change.js';
import { timestampOf } from './timestamp.js';
import type { Timers } from './timers.js';

/** How an execution ended; `error` and `cause` are absent where nobody gave them. */
export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly output: Data }
  | { readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; readonly details: StateError['details'] };

export type ExecutionState = { readonly status: 'RUNNING' } | (Ending & { readonly stopMs: number });

/** What is known of an execution before it starts. */
export interface ExecutionStart {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly input: Data;
  /** Rises with every execution of the service: the order in which they started. */
  readonly sequence: number;
  /** The run of a Distributed Map that started it, if one did. */
  readonly mapRunArn?: string;
}

/**
 * One run of a state machine: it ends exactly once, whichever of result, failure, timeout and stop comes first, and once
 * more after each redrive.
 */
export class Execution {
  readonly start: ExecutionStart;
  readonly startMs: number;
  readonly history: History;
  readonly #timers: Timers;
  readonly #onEnd = new Set<() => void>();
  #state: ExecutionState = { status: 'RUNNING' };
  #redrives: { readonly count: number; readonly lastMs: number } | undefined;

  constructor(start: ExecutionStart, timers: Timers) {
    this.start = start;
    this.#timers = timers;
    this.startMs = timers.nowMs();
    this.history = new History(timers);
  }

  get state(): ExecutionState {
    return this.#state;
  }

  /** Returns false, and changes nothing, if the execution had ended already. */
  end(ending: Ending, previousEventId: number): boolean {
    if (this.#state.status !== 'RUNNING') return false;
    this.#state = { ...ending, stopMs: this.#timers.nowMs() };
    this.history.add(endEvents[ending.status], previousEventId, endDetails(ending));
    for (const listener of this.#onEnd) listener();
    this.#onEnd.clear();
    return true;
  }

  /** Lets it run again, and says so in the history. Returns the id of that event. */
  redrive(): number {
    const lastMs = this.#timers.nowMs();
    this.#state = { status: 'RUNNING' };
    this.#redrives = { count: this.redriveCount + 1, lastMs };
    const details = { redriveCount: this.redriveCount };
    return this.history.add('ExecutionRedriven', this.history.events.length, details);
  }

  get redriveCount(): number {
    return this.#redrives?.count ?? 0;
  }

  /** Of the last redrive. */
  get redriveMs(): number | undefined {
    return this.#redrives?.lastMs;
  }

  /** In AWS's words; undefined where it can be redriven now, if by its Map alone. */
  get whyNotRedrivable(): string | undefined {
    const { startMs, history } = this;
    const state = this.#state;
    return whyNotRedrivable({
      status: state.status,
      startMs,
      stopMs: 'stopMs' in state ? state.stopMs : startMs,
      nowMs: this.#timers.nowMs(),
      events: history.events.length,
    });
  }

  /** Calls the listener once, when the execution ends; returns how to forget it. */
  onEnd(listener: () => void): () => void {
    this.#onEnd.add(listener);
    return () => this.#onEnd.delete(listener);
  }

  /** `$states.context.Execution`. */
  get contextObject(): JsonObject {
    const { arn, name, machine, input } = this.start;
    return {
      Id: arn,
      Input: input.value,
      StartTime: timestampOf(this.startMs),
      Name: name,
      RoleArn: machine.roleArn,
      RedriveCount: this.redriveCount,
      ...(this.redriveMs === undefined ? {} : { RedriveTime: timestampOf(this.redriveMs) }),
    };
  }

  get statusChange(): StatusChange {
    const { arn, name, machine, input } = this.start;
    const state = this.#state;
    const details = 'details' in state ? state.details : {};
    return {
      executionArn: arn,
      stateMachineArn: machine.arn,
      name,
      status: state.status,
      startDate: this.startMs,
      stopDate: 'stopMs' in state ? state.stopMs : null,
      input: input.text,
      output: 'output' in state ? state.output.text : null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: this.redriveCount,
      redriveDate: this.redriveMs ?? null,
      ...this.#redriveStatus(),
      inputDetails: { included: true },
      outputDetails: 'output' in state ? { included: true } : null,
      error: details.error ?? null,
      cause: details.cause ?? null,
    };
  }

  #redriveStatus(): Pick<StatusChange, 'redriveStatus' | 'redriveStatusReason'> {
    const redriveStatusReason = this.whyNotRedrivable ?? null;
    if (redriveStatusReason !== null) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
    const isItem = this.start.mapRunArn !== undefined;
    return { redriveStatus: isItem ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE', redriveStatusReason };
  }
}

const endEvents = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const satisfies Record<Exclude<ExecutionStatus, 'RUNNING'>, string>;

function endDetails(ending: Ending) {
  if (ending.status !== 'SUCCEEDED') return ending.details;
  return { output: ending.output.text, outputDetails: { truncated: false } };
}
