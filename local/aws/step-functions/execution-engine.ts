import type { Ending, Execution, ExecutionStart } from './execution.js';
import type { EventDetails } from './history.js';
import type { Data } from './json.js';
import { StateError } from './state-error.js';
import { Branch, BranchClosed } from './states/branch.js';
import { Checkpoint } from './states/checkpoint.js';
import { runStates } from './states/run-states.js';
import type { Services } from './states/services.js';
import type { StatusChange } from './status-change.js';

/** Runs executions from their start to their one end, and tells of both. */
export class ExecutionEngine {
  readonly #services: Services;
  readonly #onStatusChange: (change: StatusChange) => void;
  readonly #running = new Map<
    Execution,
    { readonly branch: Branch; readonly timeout: { cancel(): void } | undefined }
  >();
  /** Of those that run, and of those that may be redriven. */
  readonly #checkpoints = new WeakMap<Execution, Checkpoint>();

  constructor(services: Services, onStatusChange: (change: StatusChange) => void) {
    this.#services = services;
    this.#onStatusChange = onStatusChange;
  }

  run(execution: Execution): void {
    this.#begin(execution, execution.history.add('ExecutionStarted', 0, started(execution.start)));
  }

  /** Goes on with what had not succeeded, under the same definition; its timeout begins anew. */
  redrive(execution: Execution): void {
    this.#begin(execution, execution.redrive());
  }

  /** Ends a running execution as ABORTED and closes its tasks; does nothing to one that has ended. */
  abort(execution: Execution, details: StateError['details']): void {
    this.#end(execution, { status: 'ABORTED', details }, 0); // AWS links an abort to no event
  }

  /** Drops every running execution without ending it: no timer and no wait is left. */
  dropAll(): void {
    for (const { branch, timeout } of this.#running.values()) {
      timeout?.cancel();
      branch.close();
    }
    this.#running.clear();
  }

  #begin(execution: Execution, eventId: number): void {
    const { timers } = this.#services;
    const { machine, input } = execution.start;
    const { timeoutSeconds } = machine.definition;
    const checkpoint = this.#checkpoints.get(execution) ?? new Checkpoint();
    this.#checkpoints.set(execution, checkpoint);
    const branch = new Branch(execution, eventId, checkpoint);
    const onTimeout = () =>
      this.#end(execution, { status: 'TIMED_OUT', details: { error: 'States.Timeout' } }, 0);
    const timeout =
      timeoutSeconds === undefined ? undefined : timers.after(timeoutSeconds * 1_000, onTimeout);
    this.#running.set(execution, { branch, timeout });
    this.#tell(execution);
    void this.#settle(execution, branch, runStates(machine.definition, branch, input, this.#services));
  }

  async #settle(execution: Execution, branch: Branch, run: Promise<Data>): Promise<void> {
    try {
      const output = await run;
      this.#end(execution, { status: 'SUCCEEDED', output }, branch.lastEventId);
    } catch (error) {
      if (error instanceof BranchClosed) return;
      const { details } =
        error instanceof StateError ? error : new StateError('States.Runtime', String(error));
      this.#end(execution, { status: 'FAILED', details }, branch.lastEventId);
    }
  }

  /** Whether AWS tells of the executions of a Distributed Map's items is not known; here nobody may rely on it. */
  #tell(execution: Execution): void {
    if (execution.start.mapRunArn === undefined) this.#onStatusChange(execution.statusChange);
  }

  #end(execution: Execution, ending: Ending, previousEventId: number): void {
    const running = this.#running.get(execution);
    if (!running) return;
    this.#running.delete(execution);
    running.timeout?.cancel();
    running.branch.close();
    if (ending.status === 'SUCCEEDED') this.#checkpoints.delete(execution);
    if (execution.end(ending, previousEventId)) this.#tell(execution);
  }
}

function started({ input, machine }: ExecutionStart): EventDetails {
  return { input: input.text, inputDetails: { truncated: false }, roleArn: machine.roleArn };
}
