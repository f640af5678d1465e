import type { Execution } from '../execution.js';
import type { StateMachine } from '../state-machine.js';
import type { ExecutionStatus } from '../status-change.js';

/** How many failures a run bears; the first to be exceeded ends it. */
export interface Tolerance {
  readonly count: number | undefined;
  readonly percentage: number | undefined;
}

export interface MapRunStart {
  readonly arn: string;
  /** The execution whose Map state this is. */
  readonly parentArn: string;
  readonly machine: StateMachine;
  readonly label: string;
  readonly total: number;
  readonly concurrencyMax: number;
  readonly tolerance: Tolerance;
  readonly startMs: number;
}

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** One run of a Distributed Map: its items' executions in the order of the items, and how it stands. */
export class MapRun {
  readonly start: MapRunStart;
  /** By the index of the item; absent where it has not been started. */
  readonly children: Execution[] = [];
  status: MapRunStatus = 'RUNNING';
  stopMs: number | undefined;

  constructor(start: MapRunStart) {
    this.start = start;
  }

  get started(): readonly Execution[] {
    return this.children.filter((child) => child as Execution | undefined);
  }

  countOf(...statuses: readonly ExecutionStatus[]): number {
    return this.started.filter(({ state }) => statuses.includes(state.status)).length;
  }

  /** Whether more executions have failed than the run bears; without a tolerance it bears none. */
  exceedsTolerance(failed: number): boolean {
    const { count, percentage } = this.start.tolerance;
    if (count === undefined && percentage === undefined) return failed > 0;
    return (
      (count !== undefined && failed > count) ||
      (percentage !== undefined && failed * 100 > percentage * this.start.total)
    );
  }

  end(status: Exclude<MapRunStatus, 'RUNNING'>, stopMs: number): void {
    if (this.status !== 'RUNNING') return;
    this.status = status;
    this.stopMs = stopMs;
  }
}
