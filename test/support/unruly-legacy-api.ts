import type { Exchange, LegacyAnswer, LegacyRequest } from '../../lambdas/core/outcomes/exchange.js';
import type { LegacyApi, PreparedCall, Random } from '../../lambdas/core/ports.js';
import { answered } from './scripted-legacy-api.js';
import type { VirtualClock } from './virtual-clock.js';

/** One call as the legacy API saw it. */
export interface SeenCall {
  readonly idempotencyKey: string;
  readonly arrivedMs: number;
  /** When the legacy API stopped working on it, whether anybody still waited or not. */
  readonly doneMs: number;
  /** Whether its answer proves that nothing was executed. */
  readonly refused: boolean;
}

/**
 * A legacy API that is slow, fails in every way a call can end, and works on a call to its end also when the
 * caller is gone.
 */
export class UnrulyLegacyApi implements LegacyApi {
  readonly seen: SeenCall[] = [];
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #arrivalJitterMs: number;
  readonly #serviceTimeMaxMs: number;

  constructor(
    clock: VirtualClock,
    random: Random,
    limits: { readonly arrivalJitterMs: number; readonly serviceTimeMaxMs: number },
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#arrivalJitterMs = limits.arrivalJitterMs;
    this.#serviceTimeMaxMs = limits.serviceTimeMaxMs;
  }

  prepare(request: LegacyRequest): Promise<PreparedCall> {
    return Promise.resolve({ kind: 'ready', call: () => this.#call(request) });
  }

  async #call({ operation, idempotencyKey }: LegacyRequest): Promise<LegacyAnswer> {
    await this.#clock.sleep(this.#upTo(1) > 0.5 ? this.#wholeUpTo(40) : 0);
    if (this.#upTo(1) < 0.03) {
      return { exchange: { kind: 'notSent', reason: 'ECONNREFUSED' }, sentAtMs: undefined };
    }
    const sentAtMs = this.#clock.nowMs();
    const arrivedMs = sentAtMs + this.#wholeUpTo(this.#arrivalJitterMs);
    const serviceMs =
      this.#upTo(1) < 0.1 ? this.#wholeUpTo(this.#serviceTimeMaxMs) : 20 + this.#wholeUpTo(200);
    const doneMs = arrivedMs + Math.min(this.#serviceTimeMaxMs, serviceMs);
    const answer = this.#answer();
    const inTime = doneMs <= sentAtMs + operation.timeoutMs;
    const refused = inTime && answer.kind === 'answered' && answer.status === 429;
    this.seen.push({ idempotencyKey, arrivedMs, doneMs, refused });

    const givenUpMs = sentAtMs + operation.timeoutMs;
    await this.#clock.sleepUntil(Math.min(doneMs, givenUpMs));
    if (!inTime) return { exchange: { kind: 'lost', reason: 'timeout' }, sentAtMs };
    return { exchange: answer, sentAtMs };
  }

  #answer(): Exchange {
    const draw = this.#upTo(1);
    if (draw < 0.04) return answered(429, { retryAfter: String(1 + this.#wholeUpTo(8)) });
    if (draw < 0.07) return answered(500);
    if (draw < 0.1) return answered(422);
    return answered(200);
  }

  #upTo(most: number): number {
    return this.#random.ratio() * most;
  }

  #wholeUpTo(most: number): number {
    return Math.floor(this.#random.ratio() * (most + 1));
  }
}
