import { heartbeatTimeout, taskTimeout } from '../state-error.js';
import type { Timers } from '../timers.js';

/** The two clocks of a task attempt: a heartbeat restarts one of them and never the other. */
export class TaskClocks {
  readonly #timers: Timers;
  readonly #onTimeout: (error: Error) => void;
  readonly #heartbeatSeconds: number | undefined;
  readonly #timeout: { cancel(): void } | undefined;
  #heartbeat: { cancel(): void } | undefined;

  constructor(
    timers: Timers,
    seconds: { readonly timeoutSeconds: number | undefined; readonly heartbeatSeconds: number | undefined },
    onTimeout: (error: Error) => void,
  ) {
    this.#timers = timers;
    this.#onTimeout = onTimeout;
    this.#heartbeatSeconds = seconds.heartbeatSeconds;
    this.#timeout = this.#after(seconds.timeoutSeconds, taskTimeout);
    this.#heartbeat = this.#after(seconds.heartbeatSeconds, heartbeatTimeout);
  }

  beat(): void {
    this.#heartbeat?.cancel();
    this.#heartbeat = this.#after(this.#heartbeatSeconds, heartbeatTimeout);
  }

  cancel(): void {
    this.#timeout?.cancel();
    this.#heartbeat?.cancel();
  }

  #after(seconds: number | undefined, error: () => Error) {
    return seconds === undefined
      ? undefined
      : this.#timers.after(seconds * 1_000, () => this.#onTimeout(error()));
  }
}
