import type { StateType } from '../asl/definition.js';
import type { Execution } from '../execution.js';
import type { EventDetails } from '../history.js';
import type { Json } from '../json.js';
import { StateError } from '../state-error.js';
import { Checkpoint } from './checkpoint.js';

/** Thrown in a branch that was closed, to unwind it; nobody outside sees it. */
export class BranchClosed extends Error {
  constructor() {
    super('the branch was closed: its execution ended or a branch beside it failed');
    this.name = 'BranchClosed';
  }
}

/** The item that a Map iteration works on: `$states.context.Map.Item`. */
export interface MapItem {
  readonly index: number;
  readonly value: Json;
}

/**
 * One line of states that run one after another: an execution, a branch of a Parallel, an iteration of a Map.
 *
 * Once closed it records nothing, waits for nothing and holds no timer.
 */
export class Branch {
  readonly execution: Execution;
  readonly mapItem: MapItem | undefined;
  readonly checkpoint: Checkpoint;
  lastEventId: number;
  /** The type of the state that this branch is in, while it is in one. */
  openStateType: StateType | undefined;
  readonly #closers = new Set<() => void>();
  #closed = false;

  constructor(execution: Execution, previousEventId: number, checkpoint: Checkpoint, mapItem?: MapItem) {
    this.execution = execution;
    this.lastEventId = previousEventId;
    this.checkpoint = checkpoint;
    this.mapItem = mapItem;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** A branch that closes with this one. */
  fork(
    previousEventId: number,
    checkpoint: Checkpoint = new Checkpoint(),
    mapItem: MapItem | undefined = this.mapItem,
  ): Branch {
    const child = new Branch(this.execution, previousEventId, checkpoint, mapItem);
    const closeChild = () => child.close();
    this.#closers.add(closeChild);
    child.#closers.add(() => this.#closers.delete(closeChild));
    return child;
  }

  /** Adds an event to the history and returns its id; throws if the branch is closed or the history full. */
  record(type: string, details?: EventDetails, previousEventId: number = this.lastEventId): number {
    const { history } = this.execution;
    if (this.#closed) throw new BranchClosed();
    if (history.isFull) {
      throw new StateError(
        'States.Runtime',
        'The execution reached the maximum number of history events (25000).',
      );
    }
    this.lastEventId = history.add(type, previousEventId, details);
    return this.lastEventId;
  }

  /**
   * Waits for what `begin` starts; rejects with BranchClosed if the branch closes first.
   *
   * `begin` returns how to cancel, which is called exactly once, whatever ends the wait.
   */
  wait<T>(begin: (resolve: (value: T) => void, reject: (error: Error) => void) => () => void): Promise<T> {
    if (this.#closed) return Promise.reject(new BranchClosed());
    return new Promise<T>((resolve, reject) => {
      const wait: { settled: boolean; cancel?: () => void } = { settled: false };
      const settle = (finish: () => void) => {
        if (wait.settled) return;
        wait.settled = true;
        this.#closers.delete(abandon);
        wait.cancel?.();
        finish();
      };
      const abandon = () => settle(() => reject(new BranchClosed()));
      this.#closers.add(abandon);
      const cancel = begin(
        (value) => settle(() => resolve(value)),
        (error) => settle(() => reject(error)),
      );
      if (wait.settled) cancel();
      else wait.cancel = cancel;
    });
  }

  /** Closes the branch because one beside it failed, and says so in the history. */
  abort(): void {
    if (this.#closed) return;
    const type = this.openStateType;
    if (type === 'Task' || type === 'Wait' || type === 'Parallel' || type === 'Map')
      this.record(`${type}StateAborted`);
    this.close();
  }

  close(): void {
    this.#closed = true;
    for (const closer of this.#closers) closer();
    this.#closers.clear();
  }
}
