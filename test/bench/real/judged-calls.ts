import type { CallEvent } from '../../../local/legacy-api/call-book.js';
import type { Served } from '../row.js';
import type { Job } from '../workload.js';

/** What the legacy API's judge said of every job's calls, beside when each job was submitted. One clock for both. */
export class JudgedCalls {
  readonly #submittedMs = new Map<string, number>();
  readonly #arrivedMs = new Map<string, number>();
  readonly #executedMs = new Map<string, number>();

  /** Jobs whose call has arrived, refused or not. */
  get arrived(): number {
    return this.#arrivedMs.size;
  }

  /** `atMs` is of this process's `performance.now()`. */
  submitted(name: string, atMs = performance.now()): void {
    this.#submittedMs.set(name, atMs);
  }

  called({ kind, call: { idempotencyKey, atMs } }: CallEvent): void {
    if (idempotencyKey === null) return;
    if (!this.#arrivedMs.has(idempotencyKey)) this.#arrivedMs.set(idempotencyKey, atMs);
    if (kind === 'executed' && !this.#executedMs.has(idempotencyKey))
      this.#executedMs.set(idempotencyKey, atMs);
  }

  served(jobs: readonly Job[]): readonly Served[] {
    return jobs.map(({ name, priority }) => {
      const submittedMs = this.#submittedMs.get(name);
      const arrivedMs = this.#arrivedMs.get(name);
      const started = submittedMs !== undefined && arrivedMs !== undefined;
      return {
        priority,
        waitMs: started ? arrivedMs - submittedMs : undefined,
        executedAtMs: this.#executedMs.get(name),
      };
    });
  }
}
