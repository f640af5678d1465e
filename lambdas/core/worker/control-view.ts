import type { Control } from '../control.js';
import type { Clock, ControlRecord } from '../ports.js';

/** How old a slot's view of the control record may be: the time within which a pause or the gate acts. */
const FRESH_FOR_MS = 1_000;

/** The control record as one slot sees it: read at most once a second, and never staler than that at a call. */
export class ControlView {
  readonly #clock: Clock;
  readonly #record: ControlRecord;
  #control: Control;
  #readAtMs: number;

  private constructor(
    ports: { readonly clock: Clock; readonly control: ControlRecord },
    control: Control,
    readAtMs: number,
  ) {
    this.#clock = ports.clock;
    this.#record = ports.control;
    this.#control = control;
    this.#readAtMs = readAtMs;
  }

  static async read(ports: { readonly clock: Clock; readonly control: ControlRecord }): Promise<ControlView> {
    const nowMs = ports.clock.nowMs();
    return new ControlView(ports, await ports.control.read(), nowMs);
  }

  /** The control record as last read. */
  get last(): Control {
    return this.#control;
  }

  async fresh(): Promise<Control> {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#readAtMs >= FRESH_FOR_MS) {
      this.#control = await this.#record.read();
      this.#readAtMs = nowMs;
    }
    return this.#control;
  }

  /** Closes the gate for all slots; this one obeys at once. */
  async closeGate(untilMs: number): Promise<void> {
    this.#control = { ...this.#control, gateUntilMs: Math.max(untilMs, this.#control.gateUntilMs) };
    await this.#record.closeGate(untilMs);
  }
}
