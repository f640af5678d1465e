import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { SETTLE_BUDGET_MS } from '../config/timings.js';
import { type EndedCall, FailureRun, isFailure } from '../gate/failure-run.js';
import {
  breakerClosed,
  breakerOpened,
  closed,
  closedUntilMs,
  type Gate,
  type GateChange,
  isSlowed,
  probeClaimed,
  probeFailed,
  probeReleased,
  refused,
} from '../gate/gate.js';
import { ratioAt, slowedEndMs } from '../gate/slowdown.js';
import type { MaintenanceCalendar } from '../maintenance/calendar.js';
import type { Ports } from '../ports.js';
import type { ControlView } from './control-view.js';
import type { SlotBells } from './slot-bells.js';
import type { SlotPacer } from './slot-pacer.js';

/** Waiting for longer than this, a slot looks at the control record and renews its own in between. */
const LOOK_AGAIN_AFTER_MS = 5_000;

/** From the claim of a probe to its call, beside one long poll: the control record, the receive, the last settling. */
const BEFORE_PROBE_MAX_MS = SETTLE_BUDGET_MS + 5_000;

export interface GateKeeperParts {
  readonly ports: Ports;
  readonly config: OrchestratorConfig;
  readonly control: ControlView;
  readonly calendar: MaintenanceCalendar;
  readonly pacer: SlotPacer;
  readonly bells: SlotBells;
}

/**
 * One slot's side of the gate: no call of this slot before `nextStartMs`, and what the slot learns about the legacy
 * API reaches all slots. Never lets a slot call earlier than its pacer does.
 */
export class GateKeeper {
  readonly #parts: GateKeeperParts;
  #run = new FailureRun();
  /** How long the last call took: where it outlasts the hold, it is what the slot's rate comes from. */
  #serviceTimeMs = 0;
  /** Until when this slot's claim of the probe lasts; undefined while it has none. */
  #claimUntilMs: number | undefined;
  /** The recovery that this slot has joined, and the instant from which it takes part. */
  #joined: { readonly sinceMs: number; readonly startMs: number } | undefined;

  constructor(parts: GateKeeperParts) {
    this.#parts = parts;
  }

  /** When the gate opens for this slot, or the maintenance ends that its next call would run into. */
  get opensMs(): number {
    return Math.max(this.#gateOpensMs, this.maintainedUntilMs);
  }

  /** The end of the maintenance that this slot's next call would run into; -Infinity where it would not. */
  get maintainedUntilMs(): number {
    const { calendar, pacer } = this.#parts;
    const startMs = Math.max(this.#nowMs, pacer.nextStartMs, this.#gateOpensMs, this.#slowedStartMs);
    const earliestMs = calendar.earliestStartMs(startMs);
    return earliestMs > startMs ? earliestMs : -Infinity;
  }

  /** Earliest start of this slot's next call: by its pace, the gate and the recovery after it, and maintenance. */
  get nextStartMs(): number {
    const { pacer } = this.#parts;
    return Math.max(pacer.nextStartMs, this.opensMs, this.#slowedStartMs);
  }

  /** How old the view is by which this slot finds the gate open. */
  get controlAgeMs(): number {
    return this.#parts.control.ageMs;
  }

  /** Whether the most urgent work has all the turns. */
  get slowed(): boolean {
    return isSlowed(this.#parts.control.last, this.#nowMs);
  }

  /** When to begin the next turn so that a message is in hand at `nextStartMs`. */
  wakeMs(leadMs: number): number {
    const { pacer, control } = this.#parts;
    const { breaker, gateUntilMs } = control.last;
    // Who is the first to find the breaker's time over may probe, so nobody comes early.
    const probeMs = breaker === undefined || this.#probes ? -Infinity : breaker.untilMs;
    const wakeMs = Math.max(this.nextStartMs - leadMs, probeMs);
    if (wakeMs <= Math.max(pacer.nextStartMs, gateUntilMs) - leadMs) return wakeMs;
    return Math.min(Math.max(wakeMs, this.opensMs), this.#nowMs + LOOK_AGAIN_AFTER_MS);
  }

  /** Takes note of the gate as it stands. Slots that begin to recover together do not all begin at once. */
  follow(gate: Gate): void {
    const { ports, config, pacer } = this.#parts;
    if (gate.breaker !== undefined) this.#run = this.#run.forgotten();
    const { slowdown } = gate;
    if (slowdown === undefined || slowdown.sinceMs === this.#joined?.sinceMs) return;
    if (ratioAt(slowdown, this.#nowMs) >= 1) return;
    const phaseMs = (ports.random.ratio() * pacer.holdMs * (config.slots - 1)) / config.slots;
    const startMs = slowedEndMs(slowdown, Math.max(gate.gateUntilMs, this.#nowMs), phaseMs);
    this.#joined = { sinceMs: slowdown.sinceMs, startMs };
  }

  /**
   * Whether this slot may receive and call now. While the breaker is open, it may where it can claim the probe:
   * before it receives anything, so that no message is given back for a claim that was lost.
   */
  async mayCall(): Promise<boolean> {
    if (!this.#isBroken || this.#probes) return true;
    this.#claimUntilMs = undefined;
    const nowMs = this.#nowMs;
    const untilMs = nowMs + this.#probeMaxMs;
    const claimed = await this.#parts.control.changeGate(probeClaimed(nowMs, untilMs));
    if (claimed === undefined) return !this.#isBroken;
    this.#claimUntilMs = untilMs;
    this.#parts.ports.telemetry.record({ kind: 'probeClaimed' });
    return true;
  }

  /** The legacy API refused this slot's last call for its rate. Throws when the table fails. */
  async refused(forMs: number): Promise<void> {
    const { control, pacer, ports } = this.#parts;
    const nowMs = this.#nowMs;
    const refusal = { callStartedMs: pacer.lastStartMs, nowMs, gateUntilMs: nowMs + forMs };
    const gate = await control.changeGate(refused(refusal));
    if (gate === undefined) return;
    ports.telemetry.record({ kind: 'gateClosed', forMs, ratio: ratioAt(gate.slowdown, nowMs) });
  }

  /** No slot may call before this instant, because a quota is spent. Throws when the table fails. */
  async closeUntil(gateUntilMs: number): Promise<void> {
    await this.#parts.control.changeGate(closed(gateUntilMs));
  }

  /** What this slot's last call says about the legacy API. Never throws: the call must be settled all the same. */
  async callEnded(call: EndedCall & { readonly serviceTimeMs: number }): Promise<void> {
    const { control, ports } = this.#parts;
    this.#serviceTimeMs = call.serviceTimeMs;
    this.#run = this.#run.after(call);
    const ratio = ratioAt(control.last.slowdown, this.#nowMs);
    if (ratio < 1) ports.telemetry.record({ kind: 'slowed', ratio });
    const claimUntilMs = this.#claimUntilMs;
    this.#claimUntilMs = undefined;
    if (claimUntilMs !== undefined) await this.#probeEnded(isFailure(call.outcome), claimUntilMs);
    else if (this.#run.isEnough(call.endMs)) await this.#open(breakerOpened(call.endMs));
  }

  /** A slot that claimed the probe and found nothing to call for leaves it to the next one. Never throws. */
  async leave(): Promise<void> {
    if (this.#claimUntilMs === undefined) return;
    await this.#change('release the probe', probeReleased(this.#nowMs, this.#claimUntilMs));
    this.#claimUntilMs = undefined;
  }

  async #probeEnded(failed: boolean, claimUntilMs: number): Promise<void> {
    if (failed) return this.#open(probeFailed(this.#nowMs, claimUntilMs));
    const closed = await this.#change('close the breaker', breakerClosed(this.#nowMs));
    if (closed === undefined) return;
    this.#parts.ports.telemetry.record({ kind: 'breakerClosed' });
    this.#parts.bells.ring(0);
  }

  /** Whoever opens the breaker rings for when it may be probed: nobody else might, where little is to do. */
  async #open(change: GateChange): Promise<void> {
    const { ports, bells } = this.#parts;
    const breaker = (await this.#change('open the breaker', change))?.breaker;
    if (breaker === undefined) return;
    this.#run = this.#run.forgotten();
    const forMs = breaker.untilMs - this.#nowMs;
    ports.telemetry.record({ kind: 'breakerOpened', forMs, opens: breaker.opens });
    bells.ring(forMs);
  }

  async #change(what: string, change: GateChange): Promise<Gate | undefined> {
    const { control, ports } = this.#parts;
    try {
      return await control.changeGate(change);
    } catch (error) {
      ports.telemetry.record({ kind: 'problem', what, reason: String(error) });
      return undefined;
    }
  }

  get #gateOpensMs(): number {
    const { last } = this.#parts.control;
    return this.#probes ? last.gateUntilMs : closedUntilMs(last);
  }

  get #isBroken(): boolean {
    return this.#parts.control.last.breaker !== undefined;
  }

  /** Whether this slot holds a claim with time enough for its call. */
  get #probes(): boolean {
    return this.#nowMs + this.#callTimeoutMs <= (this.#claimUntilMs ?? 0);
  }

  get #slowedStartMs(): number {
    const { control, pacer } = this.#parts;
    const { slowdown } = control.last;
    if (slowdown === undefined) return -Infinity;
    const fullRateMs = Math.max(pacer.holdMs, this.#serviceTimeMs);
    return Math.max(this.#joined?.startMs ?? -Infinity, slowedEndMs(slowdown, pacer.lastStartMs, fullRateMs));
  }

  get #probeMaxMs(): number {
    return BEFORE_PROBE_MAX_MS + this.#parts.config.lingerSeconds * 1_000 + this.#callTimeoutMs;
  }

  get #callTimeoutMs(): number {
    const { operations } = this.#parts.config;
    return Math.max(...Object.values(operations).map(({ timeoutMs }) => timeoutMs));
  }

  get #nowMs(): number {
    return this.#parts.ports.clock.nowMs();
  }
}
