import type { Doorbell, Telemetry } from '../../lambdas/core/ports.js';
import type { SlotEvent } from '../../lambdas/core/worker/slot-event.js';
import { crossing } from './crossing.js';
import type { Journal } from './journal.js';
import type { VirtualClock } from './virtual-clock.js';

/** A doorbell that nobody hears. */
export class RecordedDoorbell implements Doorbell {
  broken = false;
  /** How long ringing takes. */
  latencyMs = 0;
  readonly #clock: VirtualClock;
  readonly #journal: Journal;

  constructor(clock: VirtualClock, journal: Journal) {
    this.#clock = clock;
    this.#journal = journal;
  }

  async ring(delayMs = 0): Promise<void> {
    this.#journal.write(`ring ${delayMs}`);
    await this.#clock.sleep(this.latencyMs);
    await crossing(this.broken, 'SQS cannot be reached: ring');
  }
}

/** Everything that a slot said of itself. */
export class RecordedTelemetry implements Telemetry {
  readonly events: SlotEvent[] = [];
  flushed = 0;

  record(event: SlotEvent): void {
    this.events.push(event);
  }

  flush(): void {
    this.flushed += 1;
  }

  /** The events of one kind. */
  of<Kind extends SlotEvent['kind']>(kind: Kind): readonly Extract<SlotEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<SlotEvent, { kind: Kind }> => event.kind === kind);
  }
}
