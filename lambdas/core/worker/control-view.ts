import type { Control } from '../control.js';
import type { Gate, GateChange } from '../gate/gate.js';
import type { Clock, ControlRecord } from '../ports.js';

/** How old a slot's view of the control record may be: the time within which a pause or the gate acts. */
const FRESH_FOR_MS = 1_000;

/**
 * All slots may change the gate at once. One gets through each time, and about half of the others then find nothing
 * left to change, so that these are enough for hundreds of slots.
 */
const CHANGES_MAX = 30;

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

  /** How long ago that was. */
  get ageMs(): number {
    return this.#clock.nowMs() - this.#readAtMs;
  }

  async fresh(): Promise<Control> {
    return this.ageMs >= FRESH_FOR_MS ? this.#read() : this.#control;
  }

  /**
   * Changes the gate for all slots, whoever else changes it meanwhile; this one obeys at once.
   *
   * @returns the gate as written, or undefined where the change had nothing to do. Throws when the table fails.
   */
  async changeGate(change: GateChange): Promise<Gate | undefined> {
    for (let attempt = 0; attempt < CHANGES_MAX; attempt += 1) {
      const next = change(this.#control);
      if (next === undefined) return undefined;
      if (await this.#record.changeGate(next)) {
        this.#control = { ...this.#control, ...next };
        return next;
      }
      await this.#read();
    }
    throw new Error(`the gate: other slots changed it first ${CHANGES_MAX} times in a row`);
  }

  async #read(): Promise<Control> {
    const nowMs = this.#clock.nowMs();
    this.#control = await this.#record.read();
    this.#readAtMs = nowMs;
    return this.#control;
  }
}
