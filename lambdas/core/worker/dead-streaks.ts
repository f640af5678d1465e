import type { Lane } from '../contracts/lane.js';

/**
 * So many messages in a row without a living task are the sign of a backlog that died, as when thousands of executions
 * were stopped: it is then cleared by the batch. Fewer are chance, and batches cost the living a receive.
 */
const DEAD_BACKLOG = 3;

/** How many messages of each queue in a row had nobody waiting for them. */
export class DeadStreaks {
  readonly #inARow = new Map<Lane, number>();

  dead(lane: Lane): void {
    this.#inARow.set(lane, (this.#inARow.get(lane) ?? 0) + 1);
  }

  alive(lane: Lane): void {
    this.#inARow.delete(lane);
  }

  /** Whether the backlog of this queue looks dead. */
  suspects(lane: Lane): boolean {
    return (this.#inARow.get(lane) ?? 0) >= DEAD_BACKLOG;
  }
}
