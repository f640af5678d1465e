import { type ByPriority, byPriority, type Priority } from '../../lambdas/core/contracts/priority.js';
import type { StatusChange } from '../aws/step-functions/status-change.js';

export interface ExecutionRecord {
  readonly priority: Priority;
  readonly startedAtMs: number;
  calledAtMs: number | undefined;
  endedAtMs: number | undefined;
  end: Pick<StatusChange, 'status' | 'output' | 'error' | 'cause'> | undefined;
}

/** What happened to every execution of a load. Times are `performance.now()`. */
export class RunRecord {
  readonly #executions = new Map<string, ExecutionRecord>();
  #ended = 0;
  #lastEndMs = 0;
  #changed: () => void = () => undefined;

  get executions(): ReadonlyMap<string, ExecutionRecord> {
    return this.#executions;
  }

  get ended(): number {
    return this.#ended;
  }

  /** When an execution ended last; 0 before the first. */
  get lastEndMs(): number {
    return this.#lastEndMs;
  }

  starting(name: string, priority: Priority): void {
    const startedAtMs = performance.now();
    this.#executions.set(name, {
      priority,
      startedAtMs,
      calledAtMs: undefined,
      endedAtMs: undefined,
      end: undefined,
    });
  }

  /** The legacy API heard of it; only the first call counts for its wait. */
  called(name: string, atMs: number): void {
    const record = this.#executions.get(name);
    if (record !== undefined) record.calledAtMs ??= atMs;
  }

  statusChanged({ name, status, output, error, cause }: StatusChange): void {
    const record = this.#executions.get(name);
    if (record === undefined || status === 'RUNNING') return;
    record.end = { status, output, error, cause };
    record.endedAtMs = performance.now();
    this.#ended += 1;
    this.#lastEndMs = record.endedAtMs;
    this.#changed();
  }

  /** Resolves when `count` executions have ended, or when none has for `stallMs`. */
  async allEnded(count: number, stallMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      let stalled = setTimeout(resolve, stallMs);
      const look = () => {
        clearTimeout(stalled);
        if (this.#ended >= count) resolve();
        else stalled = setTimeout(resolve, stallMs);
      };
      this.#changed = look;
      look();
    });
    this.#changed = () => undefined;
  }

  counts(): ByPriority<{ readonly started: number; readonly called: number; readonly ended: number }> {
    return byPriority((priority) => {
      const records = [...this.#executions.values()].filter((record) => record.priority === priority);
      return {
        started: records.length,
        called: records.filter((record) => record.calledAtMs !== undefined).length,
        ended: records.filter((record) => record.end !== undefined).length,
      };
    });
  }
}
