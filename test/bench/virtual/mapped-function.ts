import { timingsOf } from '../../../lambdas/core/config/timings.js';
import type { OrchestratorConfig } from '../../../lambdas/core/config/orchestrator-config.js';
import type { Dice } from '../../simulation/dice.js';
import type { Life } from '../../simulation/life.js';
import { WorkerFunction } from '../../simulation/worker-function.js';
import { type HandlerParts, handleMessage, type InHand } from './deferring-handler.js';

export interface MappedFunctionParts extends Omit<HandlerParts, 'holdMs'> {
  readonly config: OrchestratorConfig;
  readonly timeoutMs: number;
  /** Of starts, cold and warm. */
  readonly startDice: Dice;
}

/** The one function behind all mappings, with reserved concurrency C: each invocation is given one message. */
export class MappedFunction {
  readonly #handler: HandlerParts;
  readonly #function: WorkerFunction;
  readonly #inHand = new Map<string, InHand>();
  readonly #givenBack = new Set<string>();

  constructor(parts: MappedFunctionParts) {
    const { scheduler, config, usage, timeoutMs, startDice } = parts;
    this.#handler = { ...parts, holdMs: timingsOf(config).holdMs };
    const invocations = {
      ...{ scheduler, dice: startDice, crashOf: () => undefined, throttleProbability: 0 },
      onInvoked: () => void (usage.invocations += 1),
      onEnded: (billedMs: number) => void (usage.billedMs += billedMs),
      onDied: () => undefined,
    };
    const handle = (life: Life) => this.#handle(life);
    this.#function = new WorkerFunction(invocations, { version: 0, slots: config.slots, timeoutMs, handle });
  }

  /** Starts an invocation; `onEnd` says whether its message is done with. @returns false when throttled. */
  invoke(inHand: InHand, onEnd: (done: boolean) => void): boolean {
    const { receipt } = inHand.message;
    const started = this.#function.invoke((succeeded) =>
      onEnd(!this.#givenBack.delete(keyOf(inHand, receipt)) && succeeded),
    );
    // The simulator's function knows nothing of events: its invocations are told apart by their numbers.
    if (started) this.#inHand.set(`s${this.#function.invocations}`, inHand);
    return started;
  }

  async #handle(life: Life): Promise<void> {
    const inHand = this.#inHand.get(life.slotId);
    if (inHand === undefined) throw new Error(`${life.slotId} was given no message`);
    this.#inHand.delete(life.slotId);
    const done = await handleMessage(this.#handler, life, inHand);
    if (!done) this.#givenBack.add(keyOf(inHand, inHand.message.receipt));
  }
}

/** Receipts are told apart within one queue only. */
function keyOf({ moreUrgent }: InHand, receipt: string): string {
  return `${moreUrgent.length}/${receipt}`;
}
