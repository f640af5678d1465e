import type { StateList } from '../asl/definition.js';
import type { Scope } from '../jsonata/scope.js';
import type { Data } from '../json.js';
import type { Branch } from './branch.js';
import type { Services } from './services.js';

/** How a Parallel or Map runs the states inside it. */
export type RunStates = (
  list: StateList,
  branch: Branch,
  input: Data,
  services: Services,
  outerScope: Scope,
) => Promise<Data>;

/** The branches that run at the same time inside one Parallel or Map state. */
export class Forks {
  readonly #parent: Branch;
  readonly #open = new Set<Branch>();
  readonly #onAbort: (fork: Branch) => void;

  /** `onAbort` hears of each fork that is closed because another failed. */
  constructor(parent: Branch, onAbort: (fork: Branch) => void = () => undefined) {
    this.#parent = parent;
    this.#onAbort = onAbort;
  }

  /** Runs one fork; if it fails, every other is closed at once, before another of their steps runs. */
  async run<T>(fork: Branch, steps: () => Promise<T>): Promise<T> {
    this.#open.add(fork);
    try {
      return await steps();
    } catch (error) {
      if (!fork.isClosed) {
        fork.close();
        this.#abortOthers(fork);
        this.#parent.lastEventId = fork.lastEventId;
      }
      throw error;
    } finally {
      this.#open.delete(fork);
      fork.close();
    }
  }

  #abortOthers(failed: Branch): void {
    for (const fork of this.#open) {
      if (fork === failed) continue;
      fork.abort();
      this.#onAbort(fork);
    }
  }
}
