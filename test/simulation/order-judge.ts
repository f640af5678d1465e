import type { Execution } from './execution.js';
import type { Scheduler } from './scheduler.js';
import type { Violations } from './violations.js';

export interface OrderParts {
  readonly scheduler: Scheduler;
  readonly violations: Violations;
  /** Whether a task waits for this token. */
  readonly waits: (taskToken: string) => boolean;
  readonly trace: (what: string) => void;
}

/** A message in the order of its key. */
interface Place {
  readonly index: number;
  readonly taskToken: string;
}

/** What is known of one ordering key in one class. */
interface Line {
  /** The earliest sent first; without those that are known to be over. */
  places: Place[];
  lastCalled: number;
  /** Calls on which the legacy API works. */
  running: number;
}

/**
 * The order of each key in its class: a call starts when every task whose message was sent before has ended, none
 * starts after a later one, and the legacy API never works on two.
 */
export class OrderJudge {
  readonly #parts: OrderParts;
  readonly #lines = new Map<string, Line>();
  readonly #givenUp = new Set<string>();
  #sent = 0;

  constructor(parts: OrderParts) {
    this.#parts = parts;
  }

  /** A call's message is in its queue. */
  sent(execution: Execution, taskToken: string): void {
    this.#sent += 1;
    this.#lineOf(execution)?.places.push({ index: this.#sent, taskToken });
  }

  /** SQS gave the message up: whoever comes after it need not wait for the end of its task. */
  gaveUp(taskToken: string): void {
    this.#givenUp.add(taskToken);
  }

  callSent(execution: Execution): void {
    const line = this.#lineOf(execution);
    if (line === undefined) return;
    // Of the latest of its messages: those of earlier tasks of it are called no more.
    const place = line.places.filter(({ taskToken }) => taskToken.startsWith(`${execution.index}.`)).at(-1);
    if (place === undefined) return;
    const { waits } = this.#parts;
    const isOpen = ({ taskToken }: Place) => waits(taskToken) && !this.#givenUp.has(taskToken);
    const before = line.places.find((other) => other.index < place.index && isOpen(other));
    if (before !== undefined)
      this.#broken(`${place.taskToken} was called before ${before.taskToken} had ended`);
    if (place.index < line.lastCalled) this.#broken(`${place.taskToken} was called after a later one`);
    line.lastCalled = Math.max(line.lastCalled, place.index);
    line.places = line.places.filter((other) => other.index >= place.index || isOpen(other));
  }

  callArrived(execution: Execution): void {
    const line = this.#lineOf(execution);
    if (line === undefined) return;
    line.running += 1;
    if (line.running > 1)
      this.#broken(`c${execution.index} arrived while another call of its key was running`);
  }

  callEnded(execution: Execution): void {
    const line = this.#lineOf(execution);
    if (line !== undefined) line.running -= 1;
  }

  #lineOf({ plan: { priority, orderingKey } }: Execution): Line | undefined {
    if (orderingKey === undefined) return undefined;
    const name = `${priority} ${orderingKey}`;
    const line = this.#lines.get(name) ?? { places: [], lastCalled: 0, running: 0 };
    this.#lines.set(name, line);
    return line;
  }

  #broken(what: string): void {
    const { violations, scheduler, trace } = this.#parts;
    violations.add('order', scheduler.nowMs, what);
    trace(`VIOLATION order ${what}`);
  }
}
