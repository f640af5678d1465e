import type { Priority } from '../contracts/priority.js';

/**
 * So many messages in a row without a living task are the sign of a backlog that died, as when thousands of executions
 * were stopped: it is then cleared by the batch. Fewer are chance, and batches cost the living a receive.
 */
const DEAD_BACKLOG = 3;

/** How many messages of each class in a row had nobody waiting for them. */
export class DeadStreaks {
  readonly #inARow = new Map<Priority, number>();

  dead(priority: Priority): void {
    this.#inARow.set(priority, (this.#inARow.get(priority) ?? 0) + 1);
  }

  alive(priority: Priority): void {
    this.#inARow.delete(priority);
  }

  /** Whether the backlog of this class looks dead. */
  suspects(priority: Priority): boolean {
    return (this.#inARow.get(priority) ?? 0) >= DEAD_BACKLOG;
  }
}
