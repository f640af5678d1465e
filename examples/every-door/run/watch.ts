import { setTimeout as sleep } from 'node:timers/promises';
import type { AppRunEvents } from '../../../local/app-run.js';

type Status = Parameters<AppRunEvents['onStatusChange']>[0];

const LOOK_AGAIN_AFTER_MS = 50;

/** What the API and Step Functions told of. Times are `performance.now()`. */
export class Watch {
  readonly #calledAtMs = new Map<string, number>();
  readonly #ends = new Map<string, Status>();

  readonly events: AppRunEvents = {
    onCall: ({ call: { idempotencyKey, atMs } }) => {
      if (idempotencyKey !== null && !this.#calledAtMs.has(idempotencyKey))
        this.#calledAtMs.set(idempotencyKey, atMs);
    },
    onStatusChange: (change) => {
      if (change.status !== 'RUNNING') this.#ends.set(change.name, change);
    },
    onLog: () => undefined,
  };

  /** Calls that the API has seen, each key once. */
  get called(): number {
    return this.#calledAtMs.size;
  }

  calledAtMs(key: string): number | undefined {
    return this.#calledAtMs.get(key);
  }

  endOf(name: string): Status | undefined {
    return this.#ends.get(name);
  }

  /** Resolves when it is so, or when the API has seen nothing and nothing has ended for so long. */
  async until(isSo: () => boolean, stallMs: number): Promise<void> {
    let [seen, sinceMs] = [-1, 0];
    while (!isSo()) {
      const nowSeen = this.called + this.#ends.size;
      if (nowSeen !== seen) [seen, sinceMs] = [nowSeen, performance.now()];
      if (performance.now() - sinceMs > stallMs) return;
      await sleep(LOOK_AGAIN_AFTER_MS);
    }
  }
}
