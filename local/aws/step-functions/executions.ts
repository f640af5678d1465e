import type { Execution } from './execution.js';

/** Ended executions kept with their histories; running ones are always kept. */
const endedExecutionsMax = 100_000;

/** Every running execution and the last 100,000 that ended; older ones are forgotten, so memory stays bounded. */
export class Executions {
  readonly #byArn = new Map<string, Execution>();
  readonly #endedArns = new Set<string>();
  readonly #endedMax: number;

  constructor(endedMax: number = endedExecutionsMax) {
    this.#endedMax = endedMax;
  }

  find(arn: string): Execution | undefined {
    return this.#byArn.get(arn);
  }

  add(execution: Execution): void {
    const { arn } = execution.start;
    this.#byArn.set(arn, execution);
    execution.onEnd(() => this.#forgetOldest(arn));
  }

  /** An ended one runs again. */
  redriven(execution: Execution): void {
    const { arn } = execution.start;
    this.#endedArns.delete(arn);
    execution.onEnd(() => this.#forgetOldest(arn));
  }

  /** In the order in which they started. */
  [Symbol.iterator](): Iterator<Execution> {
    return this.#byArn.values();
  }

  #forgetOldest(endedArn: string): void {
    this.#endedArns.add(endedArn);
    for (const oldest of this.#endedArns) {
      if (this.#endedArns.size <= this.#endedMax) return;
      this.#endedArns.delete(oldest);
      this.#byArn.delete(oldest);
    }
  }
}
