import type { Stored } from './message-queue.js';
import type { Scheduler } from './scheduler.js';

type Answer<T> = (message: Stored<T> | undefined) => void;

/** Receives that found nothing and wait for a message. */
export class LongPolls<T> {
  readonly #scheduler: Scheduler;
  /** The longest waiting first. */
  #answers: Answer<T>[] = [];

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Answers with the next message that `serve` finds, or with nothing at `untilMs`. */
  wait(untilMs: number, answer: Answer<T>): void {
    const waiter: Answer<T> = (message) => answer(message);
    this.#answers.push(waiter);
    this.#scheduler.at(untilMs, () => {
      if (!this.#answers.includes(waiter)) return;
      this.#answers = this.#answers.filter((other) => other !== waiter);
      waiter(undefined);
    });
  }

  /** Whether a receive waited and `take` found it a message. */
  serve(take: () => Stored<T> | undefined): boolean {
    const [waiter, ...others] = this.#answers;
    const taken = waiter === undefined ? undefined : take();
    if (waiter === undefined || taken === undefined) return false;
    this.#answers = others;
    waiter(taken);
    return true;
  }
}
