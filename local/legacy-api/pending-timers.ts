/** Timers that never fire early and can be dropped all at once. Times are milliseconds of `performance.now()`. */
export class PendingTimers {
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Re-arms until the time has come: Node counts whole milliseconds, so a timer may fire up to one early. */
  at(dueMs: number, run: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        if (performance.now() < dueMs) this.at(dueMs, run);
        else run();
      },
      Math.max(0, Math.ceil(dueMs - performance.now())),
    );
    this.#timers.add(timer);
  }

  clear(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }
}
