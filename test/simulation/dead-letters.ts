import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { DEAD_LETTER_VISIBILITY_SECONDS, timingsOf } from '../../lambdas/core/config/timings.js';
import type { DeadLetterPorts } from '../../lambdas/core/dead-letters/dead-letter.js';
import { handleDeadLetter } from '../../lambdas/core/dead-letters/handle-dead-letter.js';
import { type Dice, latencyMs } from './dice.js';
import type { FaultRates } from './faults.js';
import { COLD_START, POLLER, SQS_REQUEST, TABLE_READ } from './latencies.js';
import { Life } from './life.js';
import type { Scheduler } from './scheduler.js';
import { taskCallback } from './slot-ports.js';
import { StandardQueue } from './standard-queue.js';
import type { GivenUp, Stored } from './message-queue.js';
import type { ModelStepFunctions } from './step-functions.js';
import type { ModelTable } from './table.js';
import type { Violations } from './violations.js';

/** A handler's requests: the ledger, the callback, the visibility or the parked copy. A crash comes at one of them. */
const STEPS = 3;

/** By when a task must have been told: ten deliveries in a row would have to die. */
const TOLD_WITHIN_MS = 10 * DEAD_LETTER_VISIBILITY_SECONDS * 1_000;

export interface DeadLetterParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly rates: FaultRates;
  readonly config: OrchestratorConfig;
  readonly violations: Violations;
  readonly stepFunctions: ModelStepFunctions;
  readonly table: ModelTable;
  /** Takes the function away. */
  readonly unhandled: boolean;
  readonly sabotage: ((ports: DeadLetterPorts) => DeadLetterPorts) | undefined;
  readonly trace: (what: string) => void;
}

/** P4: what SQS gave up, that none of it was given up unrun, and the shipped function that ends its tasks. */
export class DeadLetters {
  readonly #parts: DeadLetterParts;
  readonly #queue: StandardQueue<GivenUp<string>>;
  #unrun = 0;
  #parked = 0;
  #invocations = 0;

  constructor(parts: DeadLetterParts) {
    this.#parts = parts;
    this.#queue = new StandardQueue<GivenUp<string>>(parts.scheduler, parts.dice, {
      visibilityTimeoutMs: DEAD_LETTER_VISIBILITY_SECONDS * 1_000,
      retentionMs: timingsOf(parts.config).deadLetterRetentionSeconds * 1_000,
      maxReceiveCount: Infinity,
      giveUpProbability: 0,
      missProbability: 0,
      duplicateProbability: parts.rates.duplicate,
      reorderAmong: 1,
      onDeadLetter: () => undefined,
      onVisible: () => this.#look(),
    });
  }

  /** Messages whose task still waited and whose call was never made, but for those that a fault gave up. */
  get unrun(): number {
    return this.#unrun;
  }

  get parked(): number {
    return this.#parked;
  }

  add(letter: GivenUp<string>): void {
    const { scheduler, violations, stepFunctions, trace } = this.#parts;
    const { taskToken } = JSON.parse(letter.content) as { readonly taskToken: string };
    const execution = stepFunctions.waitingFor(taskToken);
    trace(`${taskToken} dead-lettered`);
    if (execution?.callsSent === 0 && !letter.early) {
      this.#unrun += 1;
      violations.add('P4', scheduler.nowMs, `c${execution.index} was dead-lettered unrun`);
    }
    scheduler.after(TOLD_WITHIN_MS, () => {
      const waiting = stepFunctions.waitingFor(taskToken);
      if (waiting === undefined) return;
      violations.add('P4', scheduler.nowMs, `c${waiting.index} was not told that its message was given up`);
    });
    this.#queue.send(letter);
  }

  /** The mapping: a poller that hands letters over. Batches would only share an invocation. */
  #look(): void {
    const { scheduler, dice, unhandled } = this.#parts;
    if (unhandled) return;
    scheduler.after(latencyMs(dice, POLLER) + latencyMs(dice, COLD_START), () => {
      const stored = this.#queue.takeFound();
      if (stored !== undefined) this.#invoke(stored);
    });
  }

  #invoke(stored: Stored<GivenUp<string>>): void {
    const { scheduler, config, sabotage } = this.#parts;
    const life = this.#life();
    const { content: body, receiveCount, sentAtMs: enqueuedAtMs } = stored.content;
    const letter = { body, receiptHandle: stored.receipt, receiveCount, enqueuedAtMs };
    const ports = this.#ports(life);
    scheduler.settled();
    void handleDeadLetter(sabotage?.(ports) ?? ports, config, letter).then((handled) => {
      life.end();
      if (handled === 'finished') this.#queue.delete(stored.receipt);
    });
  }

  #life(): Life {
    const { scheduler, dice, rates } = this.#parts;
    this.#invocations += 1;
    const crash = dice.chance(rates.crash)
      ? { atStep: dice.between(1, STEPS), afterEffect: dice.chance(0.5) }
      : undefined;
    const environment = { lastUsedMs: 0, lastCallMs: -Infinity };
    const slotId = `d${this.#invocations}`;
    return new Life(
      { scheduler, dice, slotId, environment, crash, throttle: rates.throttle },
      () => undefined,
    );
  }

  #ports(life: Life): DeadLetterPorts {
    const { scheduler, table, trace } = this.#parts;
    return {
      clock: { nowMs: () => scheduler.nowMs },
      ledger: { read: (key) => life.request(TABLE_READ, () => table.ledgerEntry(key)) },
      callback: taskCallback(this.#parts, life),
      queue: {
        defer: ({ receiptHandle }, delayMs) =>
          life.request(SQS_REQUEST, () =>
            this.#queue.hide(receiptHandle, Math.ceil(delayMs / 1_000) * 1_000),
          ),
      },
      parking: { park: () => life.request(SQS_REQUEST, () => void (this.#parked += 1)) },
      fingerprint: (text) => text,
      telemetry: { record: (event) => trace(`${life.slotId} ${event.kind}`) },
    };
  }
}
