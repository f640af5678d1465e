import { BELL_DELAY_MAX_SECONDS } from '../config/timings.js';
import type { Clock, Doorbell, Telemetry } from '../ports.js';

const DELAY_MAX_MS = BELL_DELAY_MAX_SECONDS * 1_000;

/**
 * The bells that one slot rings. While it finds work it rings every few seconds, so that slots which died, were
 * throttled or never started are replaced. A bell that cannot be rung costs no call: the sweeper rings too.
 */
export class SlotBells {
  readonly #ports: { readonly clock: Clock; readonly doorbell: Doorbell; readonly telemetry: Telemetry };
  readonly #everyMs: number;
  #ringing = Promise.resolve();
  #lastMs = -Infinity;

  constructor(
    ports: { readonly clock: Clock; readonly doorbell: Doorbell; readonly telemetry: Telemetry },
    everyMs: number,
  ) {
    this.#ports = ports;
    this.#everyMs = everyMs;
  }

  /** Called whenever work was found. Returns at once. */
  workFound(): void {
    const nowMs = this.#ports.clock.nowMs();
    if (nowMs - this.#lastMs < this.#everyMs) return;
    this.#lastMs = nowMs;
    this.ring(0);
  }

  /**
   * Rings `delayMs` from now. Returns at once. What is further off than a bell lives is left to the slots that the
   * sweeper starts: near the time, they ring for it.
   */
  ring(delayMs: number): void {
    if (delayMs > DELAY_MAX_MS) return;
    const before = this.#ringing;
    this.#ringing = this.#ring(Math.max(0, delayMs)).then(() => before);
  }

  /** Resolves when every bell has been rung or given up. Never rejects. */
  async rung(): Promise<void> {
    await this.#ringing;
  }

  async #ring(delayMs: number): Promise<void> {
    const { doorbell, telemetry } = this.#ports;
    try {
      await doorbell.ring(delayMs);
      telemetry.record({ kind: 'rang', delayMs });
    } catch (error) {
      telemetry.record({ kind: 'problem', what: 'ring the doorbell', reason: String(error) });
    }
  }
}
