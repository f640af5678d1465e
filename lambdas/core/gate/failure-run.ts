import type { LegacyOutcome } from '../outcomes/legacy-outcome.js';
import { BREAKER_FAILURES } from './breaker.js';

/** One call that has ended, as evidence of whether the legacy API works. */
export interface EndedCall {
  readonly callId: string;
  readonly operation: string;
  readonly outcome: LegacyOutcome['kind'];
  readonly endMs: number;
}

/** For how long an operation that worked proves that the API does while another one fails, in milliseconds. */
const VOUCHES_MS = 60_000;

const NONE: ReadonlySet<string> = new Set();

/**
 * The failures in a row that one slot has seen: whether they are enough to say that the legacy API is down.
 *
 * Repeats of one call are one failure, since its payload may be what breaks it. Failures of one operation alone are
 * none of the API's while another operation has worked lately. A refusal for the rate says nothing either way.
 * Immutable: `after` returns the next one.
 */
export class FailureRun {
  readonly #callIds: ReadonlySet<string>;
  readonly #operations: ReadonlySet<string>;
  readonly #workedMs: ReadonlyMap<string, number>;

  constructor(
    callIds: ReadonlySet<string> = NONE,
    operations: ReadonlySet<string> = NONE,
    workedMs: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#callIds = callIds;
    this.#operations = operations;
    this.#workedMs = workedMs;
  }

  after({ callId, operation, outcome, endMs }: EndedCall): FailureRun {
    if (outcome === 'throttled') return this;
    if (!isFailure(outcome))
      return new FailureRun(undefined, undefined, new Map([...this.#workedMs, [operation, endMs]]));
    return new FailureRun(
      new Set([...this.#callIds, callId]),
      new Set([...this.#operations, operation]),
      this.#workedMs,
    );
  }

  /** The same knowledge without the failures: they have been acted upon. */
  forgotten(): FailureRun {
    return this.#callIds.size === 0 ? this : new FailureRun(undefined, undefined, this.#workedMs);
  }

  isEnough(nowMs: number): boolean {
    if (this.#callIds.size < BREAKER_FAILURES) return false;
    const [only] = this.#operations;
    if (this.#operations.size > 1) return true;
    return ![...this.#workedMs].some(
      ([operation, workedMs]) => operation !== only && nowMs - workedMs < VOUCHES_MS,
    );
  }
}

/** The legacy API did not answer as one that works. */
export function isFailure(outcome: LegacyOutcome['kind']): boolean {
  return outcome === 'unavailable' || outcome === 'outcomeUnknown';
}
