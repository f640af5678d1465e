import type { Execution } from '../execution.js';
import type { StateMachine } from '../state-machine.js';
import type { ExecutionStatus } from '../status-change.js';

/** What AWS runs at once where the state does not say: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const CONCURRENCY_UNLESS_SAID = 10_000;

/** `MaxConcurrency` as it is meant: 0 is no limit of one's own. */
export function concurrencyMaxOf(wanted: number): number {
  return wanted === 0 ? CONCURRENCY_UNLESS_SAID : wanted;
}

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
  readonly limits: MapRunLimits;
  readonly startMs: number;
}

/** What UpdateMapRun may change while it runs. */
export interface MapRunLimits {
  /** Executions at once. */
  readonly concurrencyMax: number;
  readonly tolerance: Tolerance;
}

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** One run of a Distributed Map: its items' executions in the order of the items, and how it stands. */
export class MapRun {
  readonly start: MapRunStart;
  /** By the index of the item; absent where it has not been started. */
  readonly children: Execution[] = [];
  status: MapRunStatus = 'RUNNING';
  stopMs: number | undefined;
  redriveCount = 0;
  /** Of the last redrive. */
  redriveMs: number | undefined;
  /** Told when limits have changed, while the run lasts. */
  onUpdate: () => void = () => undefined;
  /** Unsuccessful ones that a redrive will run again and has not yet. */
  readonly pendingRedrive = new Set<Execution>();
  #limits: MapRunLimits;

  constructor(start: MapRunStart) {
    this.start = start;
    this.#limits = start.limits;
  }

  get limits(): MapRunLimits {
    return this.#limits;
  }

  update(limits: MapRunLimits): void {
    this.#limits = limits;
    this.onUpdate();
  }

  /** Runs again; those of its executions that can be redriven wait for their turn. */
  redrive(nowMs: number): void {
    this.status = 'RUNNING';
    this.stopMs = undefined;
    this.redriveCount += 1;
    this.redriveMs = nowMs;
    for (const child of this.started)
      if (child.whyNotRedrivable === undefined) this.pendingRedrive.add(child);
  }

  get started(): readonly Execution[] {
    return this.children.filter((child) => child as Execution | undefined);
  }

  countOf(...statuses: readonly ExecutionStatus[]): number {
    return this.started.filter(
      (child) => statuses.includes(child.state.status) && !this.pendingRedrive.has(child),
    ).length;
  }

  /** Whether more executions have failed than the run bears; without a tolerance it bears none. */
  exceedsTolerance(failed: number): boolean {
    const { count, percentage } = this.limits.tolerance;
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
    this.pendingRedrive.clear();
  }
}
