import type { IncomingMessage } from 'node:http';
import type { Judge } from './judge.js';

/** A call as its headers announced it. `path` includes the query; `atMs` is `performance.now()` at its arrival. */
export interface Arrival {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | null;
}

/** A call that was executed, or may have been. */
export interface BookedCall extends Arrival {
  /** Hex; null when the body did not pass whole. */
  readonly bodySha256: string | null;
}

/**
 * Told exactly once of every call that the server did not stop in the middle of: `throttled` was answered 429,
 * `notExecuted` was malformed, cut off, or never reached the API.
 */
export type CallEvent =
  | { readonly kind: 'executed'; readonly call: BookedCall }
  | { readonly kind: 'throttled' | 'notExecuted'; readonly call: Arrival };

/** Executed calls the book can show again. */
const BOOKED_CALLS_MAX = 10_000;

/** Keeps the last 10,000 executed calls, and tells the judge and the listener of every call. */
export class CallBook {
  readonly #judge: Judge;
  readonly #onCall: (event: CallEvent) => void;
  readonly #calls: BookedCall[] = [];

  constructor(judge: Judge, onCall: (event: CallEvent) => void = () => undefined) {
    this.#judge = judge;
    this.#onCall = onCall;
  }

  executed(call: BookedCall): void {
    this.#judge.execute(call.idempotencyKey);
    this.#calls.push(call);
    if (this.#calls.length > BOOKED_CALLS_MAX) this.#calls.shift();
    this.#onCall({ kind: 'executed', call });
  }

  throttled(call: Arrival): void {
    this.#judge.answer429();
    this.#onCall({ kind: 'throttled', call });
  }

  notExecuted(call: Arrival): void {
    this.#onCall({ kind: 'notExecuted', call });
  }

  calls(): readonly BookedCall[] {
    return [...this.#calls];
  }
}

/** Reads the clock: call it first thing when the headers are there. An empty `Idempotency-Key` is none. */
export function arrivalOf(request: IncomingMessage): Arrival {
  const atMs = performance.now();
  const key = request.headers['idempotency-key'];
  return {
    atMs,
    method: request.method ?? '',
    path: request.url ?? '',
    idempotencyKey: typeof key === 'string' && key !== '' ? key : null,
  };
}
