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
  callSent(execution: Execution, call: SentCall): void;
  callArrived(execution: Execution, isLookup: boolean): void;
  callEnded(execution: Execution, isLookup: boolean): void;
  executed(execution: Execution): void;
  /** A call was made, or tried, while the legacy API was down. */
  callMadeWhileDown(): void;
}

export interface SentCall {
  readonly slotId: string;
  readonly isLookup: boolean;
  /** Whether it may be executed, as far as its caller will know. */
  readonly mayExecute: boolean;
}

export interface LegacyApiParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly rates: FaultRates;
  readonly config: OrchestratorConfig;
  readonly outages: readonly Spell[];
  readonly slowSpells: readonly Spell[];
  readonly busySpells: readonly Spell[];
  readonly watch: CallWatch;
  readonly executionOf: (idempotencyKey: string) => Execution;
}

/** What the legacy API will do with one call. `mayExecute: false` only where that is proven to the caller. */
interface Fate {
  readonly serviceMs: number;
  readonly executes: boolean;
  readonly mayExecute: boolean;
  /** What comes back, as decided when the call arrives; undefined when nothing ever does. */
  readonly exchange: (() => Exchange) | undefined;
}

interface Sending {
  readonly execution: Execution;
  readonly fate: Fate;
  readonly isLookup: boolean;
  readonly timeoutMs: number;
  readonly answerAt: (instantMs: number, answer: LegacyAnswer) => void;
}

/** A refusal takes no work, in milliseconds. */
const REFUSAL_MS = 3;

/** Reading is quicker than working, in milliseconds. */
const LOOKUP_MS = 50;

/** That a call in a busy spell is refused. */
const BUSY_SPELL_REFUSALS = 0.5;

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
    const execution = this.#parts.executionOf(request.idempotencyKey);
    const startMs = scheduler.nowMs;
    const connectMs = this.#connectMs(life, startMs);
    const fate = this.#fateOf(execution, request, startMs);
    if (this.#isDown(startMs)) this.#parts.watch.callMadeWhileDown();
    return life.until(connectMs + fate.serviceMs, (answerAt) => {
      if (this.#isDown(startMs) && dice.chance(1 / 3)) {
        const answer: LegacyAnswer = { exchange: REFUSED, sentAtMs: undefined };
        return answerAt(startMs + latencyMs(dice, CONNECT), answer);
      }
      const timeoutMs = startMs + request.operation.timeoutMs;
      const sending = { execution, fate, isLookup: isLookup(request), timeoutMs, answerAt };
      if (connectMs === 0) this.#send(life, sending);
      else scheduler.after(connectMs, () => (life.alive ? this.#send(life, sending) : undefined));
    });
  }

  #send(life: Life, { execution, fate, isLookup, timeoutMs, answerAt }: Sending): void {
    const { scheduler, watch } = this.#parts;
    const sentAtMs = scheduler.nowMs;
    const arrivalMs = sentAtMs + this.#networkMs();
    const endMs = arrivalMs + fate.serviceMs;
    const backMs = endMs + this.#networkMs();
    watch.callSent(execution, { slotId: life.slotId, isLookup, mayExecute: fate.mayExecute });
    execution.running += isLookup ? 0 : 1;
    const { exchange } = fate;
    const inTime = exchange !== undefined && backMs <= timeoutMs;
    scheduler.at(arrivalMs, () => {
      watch.callArrived(execution, isLookup);
      if (inTime) answer(life, backMs, { exchange: exchange(), sentAtMs }, answerAt);
    });
    scheduler.at(endMs, () => {
      execution.running -= isLookup ? 0 : 1;
      if (fate.executes && !isLookup) watch.executed(execution);
      watch.callEnded(execution, isLookup);
    });
    if (!inTime) answer(life, timeoutMs, { exchange: LOST, sentAtMs }, answerAt);
  }

  #fateOf(execution: Execution, request: LegacyRequest, atMs: number): Fate {
    const { operation } = request;
    const { dice, rates, config, slowSpells, busySpells } = this.#parts;
    const busy = isWithin(busySpells, atMs) ? BUSY_SPELL_REFUSALS : rates.busy;
    if (dice.chance(busy)) return refusal(429, dice.chance(0.5) ? dice.between(1, 5) : undefined);
    if (this.#isDown(atMs)) return this.#fateInOutage(operation.retryableStatuses.includes(503));
    const slower = isWithin(slowSpells, atMs) ? dice.between(SLOWER_LEAST, SLOWER_MOST) : 1;
    const plainMs = isLookup(request) ? LOOKUP_MS : execution.plan.serviceMs;
    const serviceMs = Math.min(config.serviceTimeMaxMs, plainMs * slower);
    if (dice.chance(rates.commitThenTimeout)) {
      const reset = dice.chance(0.5) ? () => RESET : undefined;
      return { serviceMs, executes: true, mayExecute: true, exchange: reset };
    }
    const exchange = isLookup(request) ? () => lookUp(execution) : () => DONE;
    return { serviceMs, executes: true, mayExecute: true, exchange };
  }

  #fateInOutage(a503ProvesNothingDone: boolean): Fate {
    const { dice, config } = this.#parts;
    if (dice.chance(0.2)) {
      // Hangs for as long as it ever works on anything, and may have done the work.
      const executes = dice.chance(0.5);
      return { serviceMs: config.serviceTimeMaxMs, executes, mayExecute: true, exchange: undefined };
    }
    if (dice.chance(0.3)) return { ...refusal(500, undefined), mayExecute: true };
    const hint = dice.chance(0.5) ? dice.between(1, 10) : undefined;
    return { ...refusal(503, hint), mayExecute: !a503ProvesNothingDone };
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

/** The connection is used until then, or lost. */
function answer(
  { environment }: Life,
  instantMs: number,
  answer: LegacyAnswer,
  answerAt: Sending['answerAt'],
): void {
  environment.lastCallMs = answer.exchange.kind === 'lost' ? -Infinity : instantMs;
  answerAt(instantMs, answer);
}

/** Calls are posted, lookups are not. */
function isLookup({ operation }: LegacyRequest): boolean {
  return operation.method === 'GET';
}

/** Whoever asks after the last call has ended gets a lasting answer; "no" to an earlier question may turn untrue. */
function lookUp(execution: Execution): Exchange {
  if (execution.executed) return DONE;
  if (execution.running === 0) execution.maybeExecuted = false;
  return NOT_FOUND;
}

const DONE: Exchange = answered(200);

const NOT_FOUND: Exchange = answered(404);

const REFUSED: Exchange = { kind: 'notSent', reason: 'ECONNREFUSED' };
const RESET: Exchange = { kind: 'lost', reason: 'ECONNRESET' };
const LOST: Exchange = { kind: 'lost', reason: 'no whole answer in time' };

function answered(status: number, retryAfter?: string): Exchange {
  return { kind: 'answered', status, retryAfter, contentType: 'application/json', body: '{"ok":true}' };
}

function refusal(status: number, retryAfterSeconds: number | undefined): Fate {
  const retryAfter = retryAfterSeconds === undefined ? undefined : String(retryAfterSeconds);
  const exchange = answered(status, retryAfter);
  return { serviceMs: REFUSAL_MS, executes: false, mayExecute: false, exchange: () => exchange };
}
