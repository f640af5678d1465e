import { type Dice, latencyMs } from './dice.js';
import type { Execution } from './execution.js';
import { EVENT_TO_BELL } from './latencies.js';
import type { Scheduler } from './scheduler.js';
import type { StandardQueue } from './standard-queue.js';

const SWEEP_EVERY_MS = 60_000;

export interface RingersParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly bells: StandardQueue<undefined>;
  readonly lostEventProbability: number;
}

/**
 * EventBridge: a bell each minute, and one for each execution that starts, late or never, because these events are
 * delivered at best effort. https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-states.html
 */
export class Ringers {
  readonly #parts: RingersParts;

  constructor(parts: RingersParts) {
    this.#parts = parts;
  }

  sweepEachMinute(): void {
    const { scheduler, bells } = this.#parts;
    scheduler.after(SWEEP_EVERY_MS, () => {
      bells.send(undefined);
      this.sweepEachMinute();
    });
  }

  executionStarted({ plan }: Execution): void {
    const { scheduler, dice, bells, lostEventProbability } = this.#parts;
    if (!plan.rings || dice.chance(lostEventProbability)) return;
    scheduler.after(latencyMs(dice, EVENT_TO_BELL), () => bells.send(undefined));
  }
}
