import type { Exchange, LegacyAnswer, LegacyRequest } from '../../lambdas/core/outcomes/exchange.js';
import type { LegacyApi, PreparedCall } from '../../lambdas/core/ports.js';
import type { Journal } from './journal.js';
import type { VirtualClock } from './virtual-clock.js';

export interface ScriptedAnswer {
  readonly exchange: Exchange;
  /** From the send to the whole answer. */
  readonly latencyMs?: number;
  /** From the start to the send. */
  readonly connectMs?: number;
}

/** An exchange that came to a whole answer. */
export function answered(
  status: number,
  more: Partial<Extract<Exchange, { kind: 'answered' }>> = {},
): Exchange {
  return {
    kind: 'answered',
    status,
    retryAfter: undefined,
    contentType: 'application/json',
    body: '{"ok":true}',
    ...more,
  };
}

/** A legacy API that does what the test says, and remembers when calls reached it and how many ran at once. */
export class ScriptedLegacyApi implements LegacyApi {
  /** Answers of the next calls, in order; then every call succeeds. */
  readonly script: ScriptedAnswer[] = [];
  /** What the next preparations come to, in order; then every one succeeds. */
  readonly unprepared: Exclude<PreparedCall, { kind: 'ready' }>[] = [];
  latencyMs = 100;
  readonly sentAtMs: number[] = [];
  inFlightMost = 0;
  #inFlight = 0;
  readonly #clock: VirtualClock;
  readonly #journal: Journal;

  constructor(clock: VirtualClock, journal: Journal) {
    this.#clock = clock;
    this.#journal = journal;
  }

  prepare(request: LegacyRequest): Promise<PreparedCall> {
    const prepared = this.unprepared.shift() ?? { kind: 'ready', call: () => this.#call(request) };
    return Promise.resolve(prepared);
  }

  async #call({ idempotencyKey }: LegacyRequest): Promise<LegacyAnswer> {
    const callId = idempotencyKey.replace('key-', '');
    const {
      exchange,
      latencyMs = this.latencyMs,
      connectMs = 0,
    } = this.script.shift() ?? {
      exchange: answered(200),
    };
    this.#journal.write(`call ${callId}`);
    await this.#clock.sleep(connectMs);
    if (exchange.kind === 'notSent') return { exchange, sentAtMs: undefined };

    const sentAtMs = this.#clock.nowMs();
    this.sentAtMs.push(sentAtMs);
    this.#inFlight += 1;
    this.inFlightMost = Math.max(this.inFlightMost, this.#inFlight);
    await this.#clock.sleep(latencyMs);
    this.#inFlight -= 1;
    return { exchange, sentAtMs };
  }
}
