import { type Dice, type Latency, latencyMs } from './dice.js';
import { FAILED_REQUEST } from './latencies.js';
import type { Scheduler } from './scheduler.js';

/** One execution environment of the function: reused by invocation after invocation until one of them dies. */
export interface Environment {
  lastUsedMs: number;
  /** When the connection to the legacy API was last used; it is dropped when that is long ago. */
  lastCallMs: number;
}

/** At which of its steps an invocation dies: before the step takes effect, or after it and before the answer. */
export interface CrashPlan {
  readonly atStep: number;
  readonly afterEffect: boolean;
}

export interface LifeParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly slotId: string;
  readonly environment: Environment;
  readonly crash: CrashPlan | undefined;
  /** Probability that a request to AWS fails. */
  readonly throttle: number;
}

/**
 * One invocation's part in the world. All that it does goes through here, so that from the instant of its death
 * nothing it began takes effect any more, no promise it waits for ever settles, and its code never goes on.
 */
export class Life {
  readonly slotId: string;
  readonly environment: Environment;
  readonly #parts: LifeParts;
  readonly #onDeath: () => void;
  #alive = true;
  #steps = 0;

  constructor(parts: LifeParts, onDeath: () => void) {
    this.#parts = parts;
    this.#onDeath = onDeath;
    this.slotId = parts.slotId;
    this.environment = parts.environment;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** The invocation is over, well or by the function's timeout: whatever it left unfinished never happens. */
  end(): void {
    this.#alive = false;
  }

  die(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#onDeath();
  }

  /** A request to AWS: it takes effect on its way, and its answer needs the rest of the round trip. */
  request<T>(latency: Latency, effect: () => T, whenRefused?: () => T): Promise<T> {
    const { scheduler, dice, throttle } = this.#parts;
    const crash = this.#nextStep();
    const refused = dice.chance(throttle);
    const roundTripMs = latencyMs(dice, refused ? FAILED_REQUEST : latency);
    const answerMs = scheduler.nowMs + roundTripMs;
    return new Promise((resolve, reject) => {
      scheduler.after(roundTripMs >> 1, () => {
        if (!this.#alive) return;
        if (crash === 'beforeEffect') {
          this.die();
        } else if (refused && whenRefused === undefined) {
          this.#answerAt(answerMs, reject, new Error('ThrottlingException'));
        } else {
          const value = refused && whenRefused !== undefined ? whenRefused() : effect();
          if (crash === 'afterEffect') this.die();
          else this.#answerAt(answerMs, resolve, value);
        }
      });
    });
  }

  /**
   * Something that ends at an instant which the model announces: a sleep, a long poll, a call. A crash planned for
   * this step comes somewhere in its first `crashWithinMs`.
   */
  until<T>(
    crashWithinMs: number,
    begin: (answerAt: (instantMs: number, value: T) => void) => void,
  ): Promise<T> {
    const { scheduler, dice } = this.#parts;
    if (this.#nextStep() !== undefined) scheduler.after(dice.ratio() * crashWithinMs, () => this.die());
    return new Promise((resolve) => begin((instantMs, value) => this.#answerAt(instantMs, resolve, value)));
  }

  #answerAt<T>(instantMs: number, answer: (value: T) => void, value: T): void {
    const { scheduler } = this.#parts;
    scheduler.at(instantMs, () => {
      if (!this.#alive) return;
      scheduler.settled();
      answer(value);
    });
  }

  #nextStep(): 'beforeEffect' | 'afterEffect' | undefined {
    this.#steps += 1;
    const { crash } = this.#parts;
    if (crash?.atStep !== this.#steps) return undefined;
    return crash.afterEffect ? 'afterEffect' : 'beforeEffect';
  }
}
