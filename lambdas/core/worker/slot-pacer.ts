import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { Control } from '../control.js';
import { type Admission, admit } from '../pacing/admission.js';
import { crashWaitMs } from '../pacing/hold.js';
import { liveLimitsFault } from '../pacing/live-limits.js';
import { type Pace, paceOf, samePace, strictestPace } from '../pacing/pace.js';
import { pacedLimits } from '../config/limit-kinds.js';
import type { Clock, SlotRecord, SlotRecords } from '../ports.js';

/** While slots of different paces serve side by side, how often a slot looks whether they still do. */
const LOOK_AGAIN_AFTER_MS = 1_000;

/**
 * A slot starts no call without having renewed its record within the last half of this time, so the record of one
 * that died need not outlast it by more: every new invocation waits for a dead slot as long as its record lasts.
 */
const LEASE_MS = 20_000;
const RENEW_AFTER_MS = LEASE_MS / 2;

/**
 * Marks the record that slots of a pace leave behind: several of their calls may still lie within one window. Slots
 * of the same pace continue their row; more slots of another pace beside them could break the window.
 */
const RESTING = 'resting';

/** Whether this is such a mark and no slot. */
export function isResting({ slotId }: Pick<SlotRecord, 'slotId'>): boolean {
  return slotId.startsWith(RESTING);
}

/** The paces of the slots beside this one, and of those that have ended but whose calls still lie within a window. */
interface Neighbours {
  readonly others: readonly Pace[];
  readonly resting: readonly Pace[];
}

/**
 * Keeps one slot inside the legacy API's limits: no call starts before `nextStartMs`.
 *
 * It shows the slot's pace to the others through its slot record, and paces for the strictest of all that are
 * shown, so that crashes, redeploys and live changes of the limit break no window.
 */
export class SlotPacer {
  readonly #ports: { readonly clock: Clock; readonly slots: SlotRecords };
  readonly #config: OrchestratorConfig;
  readonly #slotId: string;
  readonly #deadlineMs: number;
  #followed: Control | undefined;
  #own: Pace;
  #inForce: Pace;
  #lookedAtMs = 0;
  #expiresAtMs = Infinity;
  #others = 0;
  #lastStartMs = -Infinity;
  #busyUntilMs = 0;
  #longestWindowMs = 0;

  constructor(
    ports: { readonly clock: Clock; readonly slots: SlotRecords },
    config: OrchestratorConfig,
    slot: { readonly slotId: string; readonly deadlineMs: number },
  ) {
    this.#ports = ports;
    this.#config = config;
    this.#slotId = slot.slotId;
    this.#deadlineMs = slot.deadlineMs;
    this.#own = this.#configured;
    this.#inForce = this.#own;
  }

  /** How many other slots had a record when this one last looked. */
  get others(): number {
    return this.#others;
  }

  /** Least time between two call starts of this slot, in milliseconds. */
  get holdMs(): number {
    return this.#inForce.holdMs;
  }

  /** When this slot's last call started; -Infinity before its first. */
  get lastStartMs(): number {
    return this.#lastStartMs;
  }

  /** Earliest start of this slot's next call, in epoch milliseconds. */
  get nextStartMs(): number {
    return Math.max(this.#lastStartMs + this.#inForce.holdMs, this.#busyUntilMs);
  }

  /** Shows this slot to the others, and says whether and when it may start. */
  async enter(control: Control): Promise<Admission> {
    this.#own = this.#paceUnder(control);
    this.#inForce = this.#own;
    const { others, resting } = await this.#look();
    const admission = admit(this.#own, others, this.#crashWaitMs, resting);
    if (admission.kind === 'enterAfter') this.#busyUntilMs = this.#ports.clock.nowMs() + admission.delayMs;
    return admission;
  }

  /**
   * Adopts a changed limit: at once where it is stricter, else once no slot of another pace is left. Renews the slot
   * record in time; throws when that came too late, because the others no longer count this slot.
   */
  async follow(control: Control): Promise<void> {
    const wanted = control === this.#followed ? this.#own : this.#paceUnder(control);
    const changed = !samePace(wanted, this.#own);
    const mixed = !samePace(this.#inForce, this.#own);
    const sinceLookMs = this.#ports.clock.nowMs() - this.#lookedAtMs;
    if (this.#ports.clock.nowMs() >= this.#expiresAtMs) throw new Error('the slot record has expired');
    this.#own = wanted;
    this.#followed = control;
    this.#inForce = strictestPace(wanted, [this.#inForce]);
    if (changed || sinceLookMs >= (mixed ? LOOK_AGAIN_AFTER_MS : RENEW_AFTER_MS)) await this.#look();
  }

  /** Renews the slot record now where it would expire within this time, in which nobody looks. */
  async outlast(durationMs: number): Promise<void> {
    if (this.#ports.clock.nowMs() + durationMs >= this.#expiresAtMs) await this.#look();
  }

  /** Called before a call, and again when it is known to have been sent later than that. */
  callStarted(startMs: number): void {
    this.#lastStartMs = startMs;
  }

  /** The call that started last may still run at the legacy API: its slot stays taken until that cannot be. */
  callGivenUp(): void {
    this.#busyUntilMs = this.#lastStartMs + this.#config.serviceTimeMaxMs + this.#config.arrivalJitterMs;
  }

  /** Waits until its place can be taken by another slot of its pace, then takes its record away. */
  async leave(): Promise<void> {
    await this.#ports.clock.sleepUntil(this.#lastStartMs === -Infinity ? 0 : this.nextStartMs);
    await this.#rest();
    await this.#ports.slots.close(this.#slotId);
  }

  /** Shows for as long as a call of this slot lies within a window what pace it kept. */
  async #rest(): Promise<void> {
    const nowMs = this.#ports.clock.nowMs();
    if (this.#lastStartMs + this.#windowMs <= nowMs) return;
    const slotId = `${RESTING} ${this.#own.slots} ${this.#own.holdMs}`;
    await this.#ports.slots.open({ slotId, pace: this.#own, expiresAtMs: nowMs + this.#windowMs }, nowMs);
  }

  async #look(): Promise<Neighbours> {
    const weighsMs = this.#weighsMs;
    const neighbours = await this.#show();
    // Beside slots with a longer hold this one keeps it as well, so its record must last for longer.
    return this.#weighsMs > weighsMs ? this.#show() : neighbours;
  }

  async #show(): Promise<Neighbours> {
    const nowMs = this.#ports.clock.nowMs();
    const lastStartMs = Math.min(this.#deadlineMs, nowMs + LEASE_MS);
    const expiresAtMs = lastStartMs + this.#weighsMs;
    const record = { slotId: this.#slotId, pace: this.#own, expiresAtMs };
    const records = await this.#ports.slots.open(record, nowMs);
    const others = records.filter((other) => !isResting(other)).map(({ pace }) => pace);
    const resting = records.filter(isResting).map(({ pace }) => pace);
    this.#lookedAtMs = nowMs;
    this.#expiresAtMs = expiresAtMs;
    this.#others = others.length;
    this.#inForce = strictestPace(this.#own, [...others, ...resting]);
    return { others, resting };
  }

  /** How long a call of this slot weighs on the legacy API and its limits, from its start. */
  get #weighsMs(): number {
    return Math.max(this.#crashWaitMs, this.#windowMs);
  }

  /** The longest window that a call of this slot may count in, as the legacy API sees it. */
  get #windowMs(): number {
    return this.#longestWindowMs === 0 ? 0 : this.#longestWindowMs + this.#config.arrivalJitterMs;
  }

  /** For the strictest pace in force: a slot that died may have kept a longer hold than this one's own. */
  get #crashWaitMs(): number {
    return crashWaitMs(this.#inForce.holdMs, this.#config.serviceTimeMaxMs, this.#config.arrivalJitterMs);
  }

  /** Throws where the live limits ask for a hold that no slot's budget has room for, or that never ends. */
  #paceUnder(control: Control): Pace {
    const limits = pacedLimits(control.limits ?? this.#config.limits);
    this.#longestWindowMs = Math.max(this.#longestWindowMs, ...limits.map(({ windowMs }) => windowMs));
    if (control.limits === undefined) return this.#configured;
    const fault = liveLimitsFault(this.#config, control.limits);
    if (fault !== undefined) throw new RangeError(`limits of the control record: ${fault}`);
    return paceOf(limits, this.#config.slots, this.#config.arrivalJitterMs);
  }

  get #configured(): Pace {
    const { limits, slots, arrivalJitterMs } = this.#config;
    return paceOf(pacedLimits(limits), slots, arrivalJitterMs);
  }
}
