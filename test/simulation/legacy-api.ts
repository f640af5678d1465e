import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import type { Exchange, LegacyAnswer, LegacyRequest } from '../../lambdas/core/outcomes/exchange.js';
import { type Dice, latencyMs } from './dice.js';
import type { Execution } from './execution.js';
import type { FaultRates } from './faults.js';
import { CONNECT, NETWORK_LEAST_MS } from './latencies.js';
import type { Life } from './life.js';
import type { Scheduler } from './scheduler.js';
import { isWithin, type Spell } from './spells.js';

/** What the world is told of every call, whoever made it and whether or not it still lives. */
export interface CallWatch {
  callSent(execution: Execution, mayExecute: boolean): void;
  callArrived(): void;
  callEnded(): void;
}

export interface LegacyApiParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly rates: FaultRates;
  readonly config: OrchestratorConfig;
  readonly outages: readonly Spell[];
  readonly slowSpells: readonly Spell[];
  readonly watch: CallWatch;
  readonly executionOf: (payload: unknown) => Execution;
}

/** What the legacy API will do with one call. `mayExecute: false` only where that is proven to the caller. */
interface Fate {
  readonly serviceMs: number;
  readonly executes: boolean;
  readonly mayExecute: boolean;
  /** What comes back; undefined when nothing ever does. */
  readonly exchange: Exchange | undefined;
}

/** A refusal takes no work, in milliseconds. */
const REFUSAL_MS = 3;

/** How many times slower a slow spell is. */
const SLOWER_LEAST = 3;
const SLOWER_MOST = 30;

/**
 * The legacy API, as nasty as they come, and the network to it. What it works on, it works on to its end, also when
 * the caller has died or given up.
 */
export class ModelLegacyApi {
  readonly #parts: LegacyApiParts;

  constructor(parts: LegacyApiParts) {
    this.#parts = parts;
  }

  call(life: Life, request: LegacyRequest): Promise<LegacyAnswer> {
    const { scheduler, dice } = this.#parts;
    const execution = this.#parts.executionOf(request.payload);
    const startMs = scheduler.nowMs;
    const connectMs = this.#connectMs(life, startMs);
    const fate = this.#fateOf(execution, request, startMs);
    return life.until(connectMs + fate.serviceMs, (answerAt) => {
      if (this.#isDown(startMs) && dice.chance(1 / 3)) {
        const answer: LegacyAnswer = { exchange: REFUSED, sentAtMs: undefined };
        return answerAt(startMs + latencyMs(dice, CONNECT), answer);
      }
      const timeoutMs = startMs + request.operation.timeoutMs;
      const sending = { execution, fate, timeoutMs, answerAt };
      if (connectMs === 0) this.#send(life, sending);
      else scheduler.after(connectMs, () => (life.alive ? this.#send(life, sending) : undefined));
    });
  }

  #send(
    life: Life,
    {
      execution,
      fate,
      timeoutMs,
      answerAt,
    }: {
      readonly execution: Execution;
      readonly fate: Fate;
      readonly timeoutMs: number;
      readonly answerAt: (instantMs: number, answer: LegacyAnswer) => void;
    },
  ): void {
    const { scheduler, watch } = this.#parts;
    const sentAtMs = scheduler.nowMs;
    const arrivalMs = sentAtMs + this.#networkMs();
    const endMs = arrivalMs + fate.serviceMs;
    const backMs = endMs + this.#networkMs();
    watch.callSent(execution, fate.mayExecute);
    scheduler.at(arrivalMs, () => watch.callArrived());
    scheduler.at(endMs, () => {
      if (fate.executes) execution.executed = true;
      watch.callEnded();
    });
    const answer = backMs <= timeoutMs ? fate.exchange : undefined;
    const exchange = answer ?? LOST;
    const answerMs = answer === undefined ? timeoutMs : backMs;
    life.environment.lastCallMs = exchange.kind === 'lost' ? -Infinity : answerMs;
    answerAt(answerMs, { exchange, sentAtMs });
  }

  #fateOf(execution: Execution, { operation }: LegacyRequest, atMs: number): Fate {
    const { dice, rates, config, slowSpells } = this.#parts;
    if (dice.chance(rates.busy)) return refusal(429, dice.chance(0.5) ? dice.between(1, 5) : undefined);
    if (this.#isDown(atMs)) return this.#fateInOutage(operation.unavailableMeansNotExecuted);
    const slower = isWithin(slowSpells, atMs) ? dice.between(SLOWER_LEAST, SLOWER_MOST) : 1;
    const serviceMs = Math.min(config.serviceTimeMaxMs, execution.plan.serviceMs * slower);
    if (dice.chance(rates.commitThenTimeout)) {
      const reset = dice.chance(0.5) ? RESET : undefined;
      return { serviceMs, executes: true, mayExecute: true, exchange: reset };
    }
    return { serviceMs, executes: true, mayExecute: true, exchange: DONE };
  }

  #fateInOutage(unavailableMeansNotExecuted: boolean): Fate {
    const { dice, config } = this.#parts;
    if (dice.chance(0.2)) {
      // Hangs for as long as it ever works on anything, and may have done the work.
      const executes = dice.chance(0.5);
      return { serviceMs: config.serviceTimeMaxMs, executes, mayExecute: true, exchange: undefined };
    }
    if (dice.chance(0.3)) return { ...refusal(500, undefined), mayExecute: true };
    const hint = dice.chance(0.5) ? dice.between(1, 10) : undefined;
    return { ...refusal(503, hint), mayExecute: !unavailableMeansNotExecuted };
  }

  #isDown(atMs: number): boolean {
    return isWithin(this.#parts.outages, atMs);
  }

  #connectMs({ environment }: Life, atMs: number): number {
    const { dice, config } = this.#parts;
    return atMs - environment.lastCallMs < config.connectionIdleMaxMs ? 0 : latencyMs(dice, CONNECT);
  }

  /** One way: it varies by J at most, as the configuration says. */
  #networkMs(): number {
    const { dice, config } = this.#parts;
    return NETWORK_LEAST_MS + Math.floor(dice.ratio() * (config.arrivalJitterMs + 1));
  }
}

const DONE: Exchange = {
  kind: 'answered',
  status: 200,
  retryAfter: undefined,
  contentType: 'application/json',
  body: '{"ok":true}',
};

const REFUSED: Exchange = { kind: 'notSent', reason: 'ECONNREFUSED' };
const RESET: Exchange = { kind: 'lost', reason: 'ECONNRESET' };
const LOST: Exchange = { kind: 'lost', reason: 'no whole answer in time' };

function refusal(status: number, retryAfterSeconds: number | undefined): Fate {
  const retryAfter = retryAfterSeconds === undefined ? undefined : String(retryAfterSeconds);
  const exchange: Exchange = { kind: 'answered', status, retryAfter, contentType: undefined, body: '' };
  return { serviceMs: REFUSAL_MS, executes: false, mayExecute: false, exchange };
}
