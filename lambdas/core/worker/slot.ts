import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { keepsOrder } from '../config/ordering.js';
import { timingsOf } from '../config/timings.js';
import type { Control } from '../control.js';
import type { Lane } from '../contracts/lane.js';
import { byPriority } from '../contracts/priority.js';
import { servedLanes, turnSharesOf } from '../dispatch/served-lanes.js';
import { laneOrder, type TurnShares } from '../dispatch/turn-order.js';
import { type Disposition, GATE_MAX_MS, giveBack } from '../outcomes/disposition.js';
import { FETCH_LEAD_MAX_MS, FetchLead } from '../pacing/fetch-lead.js';
import type { Message, Ports } from '../ports.js';
import { claimCall, type Grant, lateCall, takenBack } from './claim-call.js';
import type { ControlView } from './control-view.js';
import { DeadStreaks } from './dead-streaks.js';
import type { GateKeeper } from './gate-keeper.js';
import { orKnown } from './known-call.js';
import { prepareCall } from './prepare-call.js';
import type { QuotaKeeper } from './quota-keeper.js';
import type { ReadyCall } from './ready-call.js';
import { historyOf, makeCall } from './make-call.js';
import type { Settlement } from './settle.js';
import { type AliveCall, giveBackAlive, settled, siftDead } from './sift-dead.js';
import type { SlotBells } from './slot-bells.js';
import type { SlotEnd } from './slot-event.js';
import type { SlotPacer } from './slot-pacer.js';

/** Longest closed gate that a slot waits out in place; for a longer one it ends and leaves a delayed bell. */
const GATE_WAIT_MAX_MS = 5_000;

/** What a receive may take on top of its wait, in milliseconds: far more than usual. */
const RECEIVE_MAX_MS = 1_000;

/** Receives at once from a backlog that looks dead: with two of them one slot clears some 200 messages a second. */
const REQUESTS_AT_ONCE = 2;

/** After a turn that came too early, so that no slot ever spins. */
const TOO_EARLY_MS = 5;

/** A hold that lasts longer than this is used to clear dead work: about what one batch takes. */
const CLEAR_LEAST_MS = 250;

/** Where turns are in short supply, all of them are led by the most urgent class. */
const NO_SHARES = byPriority(() => 0);

export interface SlotParts {
  readonly ports: Ports;
  readonly config: OrchestratorConfig;
  readonly control: ControlView;
  readonly pacer: SlotPacer;
  readonly gate: GateKeeper;
  readonly quota: QuotaKeeper;
  readonly bells: SlotBells;
  /** Unique among invocations. */
  readonly slotId: string;
  /** No turn begins after this instant, in epoch milliseconds. */
  readonly budgetEndMs: number;
}

/** The slot's loop: wait out the hold, take the most urgent message, call, and settle while the next hold runs. */
export class Slot {
  readonly #parts: SlotParts;
  readonly #shares: TurnShares;
  readonly #streaks = new DeadStreaks();
  readonly #visibilityMs: number;
  #lead = new FetchLead();
  #settling: Promise<void> = Promise.resolve();
  #hiddenUntilMs = 0;
  #calls = 0;
  #claims = 0;

  constructor(parts: SlotParts) {
    this.#parts = parts;
    this.#visibilityMs = timingsOf(parts.config).visibilityTimeoutSeconds * 1_000;
    this.#shares = turnSharesOf(parts.config);
  }

  /** Calls started so far. */
  get calls(): number {
    return this.#calls;
  }

  /** Serves turn after turn and says why it stopped. Throws when a queue or the table fails. */
  async serve(): Promise<SlotEnd> {
    const { ports, control, gate, quota, budgetEndMs } = this.#parts;
    for (;;) {
      const nowMs = ports.clock.nowMs();
      if (gate.opensMs - nowMs > GATE_WAIT_MAX_MS)
        return gate.maintainedUntilMs > nowMs ? 'maintenance' : 'gate';
      if (gate.nextStartMs >= budgetEndMs || nowMs >= budgetEndMs) return 'budget';
      const wakeMs = gate.wakeMs(this.#lead.ms);
      const quotaLeadMs = quota.leadMs(control.last);
      await this.#clearDeadUntil(wakeMs - quotaLeadMs);
      await ports.clock.sleepUntil(wakeMs - quotaLeadMs);
      if (quotaLeadMs > 0 && (await this.#quotaIsSpent(await control.fresh()))) continue;
      await ports.clock.sleepUntil(wakeMs);
      const end = await this.#turn();
      if (end !== undefined) return end;
    }
  }

  /** Resolves when the last message is settled. Never rejects. */
  async settled(): Promise<void> {
    await this.#settling;
  }

  /** Takes a permit in hand; where there is none, closes the gate until the quota renews. */
  async #quotaIsSpent(current: Control): Promise<boolean> {
    const { ports, gate, quota } = this.#parts;
    const renewsAtMs = await quota.secure(current);
    const nowMs = ports.clock.nowMs();
    if (renewsAtMs <= nowMs) return false;
    ports.telemetry.record({ kind: 'quotaSpent', renewsInMs: renewsAtMs - nowMs });
    await gate.closeUntil(Math.min(renewsAtMs, nowMs + GATE_MAX_MS));
    return true;
  }

  async #turn(): Promise<SlotEnd | undefined> {
    const { ports, config, control, pacer, gate, bells } = this.#parts;
    // The next message of an ordering key can be received once the one before is deleted, and others may have none.
    if (keepsOrder(config)) await this.#settling;
    const beganMs = ports.clock.nowMs();
    const current = await control.fresh();
    await pacer.follow(current);
    gate.follow(current);
    const served = servedLanes(config, current);
    if (served.length === 0) return 'paused';
    // The gate or a stricter limit may have moved the next start out of reach: then nothing is received yet.
    if (gate.nextStartMs > beganMs + this.#lead.ms || !(await gate.mayCall())) {
      await ports.clock.sleepUntil(beganMs + TOO_EARLY_MS);
      return undefined;
    }

    const shares = gate.slowed ? { ...this.#shares, ofClasses: NO_SHARES } : this.#shares;
    const order = laneOrder(shares, ports.random.ratio());
    const quick = await this.#look(order.filter((lane) => served.includes(lane)));
    const messages = quick.length > 0 ? quick : await this.#linger(served);
    if (messages.length === 0) return 'idle';
    this.#hiddenUntilMs = ports.clock.nowMs() - RECEIVE_MAX_MS + this.#visibilityMs;
    bells.workFound();

    const [first, ...rest] = await this.#sift(messages);
    await giveBackAlive(ports, rest);
    const isUsual = quick.length === 1;
    if (first !== undefined) await this.#call(first.message, first.ready, isUsual ? beganMs : undefined);
    return undefined;
  }

  async #sift(messages: readonly Message[]): Promise<readonly AliveCall[]> {
    const { ports, config } = this.#parts;
    const { alive, settling } = await siftDead(ports, config, messages);
    for (const { lane } of messages) this.#streaks.dead(lane);
    for (const { message } of alive) this.#streaks.alive(message.lane);
    await this.#settling;
    this.#settling = settling;
    return alive;
  }

  /** While nothing may be called, a backlog that died is cleared. It ends with the first message that is alive. */
  async #clearDeadUntil(instantMs: number): Promise<void> {
    const { ports, config, control, pacer } = this.#parts;
    for (const lane of servedLanes(config, control.last)) {
      while (this.#streaks.suspects(lane) && ports.clock.nowMs() + CLEAR_LEAST_MS < instantMs) {
        await pacer.outlast(CLEAR_LEAST_MS);
        const messages = await this.#receiveMany(lane);
        if (messages.length === 0) this.#streaks.alive(lane);
        await giveBackAlive(ports, await this.#sift(messages));
      }
    }
  }

  /** `beganMs`: when its preparation began, where that tells how long the next one will take. */
  async #call(message: Message, ready: ReadyCall, beganMs: number | undefined): Promise<void> {
    const { ports, config, control, pacer, gate, quota, slotId } = this.#parts;
    await this.#settling;
    const prepared = await prepareCall(ports, config, gate, { message, ready });
    if (prepared.kind === 'toSettle') {
      await this.#settleLater(message, prepared.settlement);
      return;
    }
    const { call } = prepared;
    await pacer.follow(await control.fresh());
    gate.follow(control.last);
    const mayCall = await gate.mayCall();
    // There was a permit before the message was received, but a long poll or a changed quota may have voided it.
    const isSpent = await this.#quotaIsSpent(control.last);
    const deferral = this.#deferral(control.last, message, ready, mayCall && !isSpent);
    if (deferral !== undefined) {
      const { request } = ready;
      await this.#settleLater(message, {
        request,
        disposition: await orKnown(ports, config, request, deferral),
      });
      return;
    }
    this.#claims += 1;
    const claim = await claimCall(ports, config, `${slotId}/${this.#claims}`, ready);
    if (claim.kind === 'refused') {
      await this.#settleLater(message, { request: ready.request, disposition: claim.disposition });
      return;
    }
    if (beganMs !== undefined) this.#lead = this.#lead.after(ports.clock.nowMs() - beganMs);
    const { grant } = claim;
    const late = (await this.#outwaited(message, ready, grant)) ?? this.#tooLate(message, ready, grant);
    if (late !== undefined) {
      await this.#settleLater(message, late);
      return;
    }
    quota.use();
    this.#calls += 1;
    await this.#settleLater(
      message,
      await makeCall(ports, config, { pacer, gate }, { ...ready, message, grant, call }),
    );
  }

  /** A pause, a closed gate, a longer hold, a spent quota or maintenance that began after the message was taken. */
  #deferral(
    control: Control,
    message: Message,
    ready: ReadyCall,
    isPermitted: boolean,
  ): Disposition | undefined {
    const { ports, config, gate } = this.#parts;
    const waitMs = gate.nextStartMs - ports.clock.nowMs();
    const paused = control.paused.includes(message.priority);
    if (waitMs <= FETCH_LEAD_MAX_MS && isPermitted && !paused) return undefined;
    // A message that comes back while maintenance lasts lies in its queue until that is over.
    const backInMs = Math.max(0, Math.min(waitMs, GATE_MAX_MS));
    return giveBack(backInMs, historyOf(config, ready.request, message.receiveCount));
  }

  /** Waits out the rest of the hold; not where the call could not begin then. */
  async #outwaited(message: Message, ready: ReadyCall, grant: Grant): Promise<Settlement | undefined> {
    const { ports, gate } = this.#parts;
    const late = this.#tooLate(message, ready, grant);
    if (late === undefined) await ports.clock.sleepUntil(gate.nextStartMs);
    return late;
  }

  /** What becomes of a call that nobody may begin any more, because of what happened since its claim. */
  #tooLate({ receiveCount }: Message, ready: ReadyCall, grant: Grant): Settlement | undefined {
    const { ports, config, gate } = this.#parts;
    const nowMs = ports.clock.nowMs();
    const maintenanceMs = gate.maintainedUntilMs - nowMs;
    if (maintenanceMs > 0) return takenBack(ready, grant, Math.min(maintenanceMs, GATE_MAX_MS));
    return lateCall(config, ready, grant, { nowMs, hiddenUntilMs: this.#hiddenUntilMs, receiveCount });
  }

  async #receiveMany(lane: Lane): Promise<readonly Message[]> {
    const { queues } = this.#parts.ports;
    const requests = Array.from({ length: REQUESTS_AT_ONCE }, () => queues.receiveSome(lane));
    return (await Promise.all(requests)).flat();
  }

  /** The first message in this order, or several where the backlog of its queue looks dead. */
  async #look(order: readonly Lane[]): Promise<readonly Message[]> {
    const { queues } = this.#parts.ports;
    for (const lane of order) {
      if (this.#streaks.suspects(lane)) {
        const messages = await this.#receiveMany(lane);
        if (messages.length > 0) return messages;
      } else {
        const message = await queues.receive(lane, 0);
        if (message !== undefined) return [message];
      }
    }
    return [];
  }

  /**
   * One long poll, which asks every SQS server where short polls may miss, and one more look at the rest. It ends
   * with the budget, because the function's timeout has no room for a call that starts much later.
   */
  async #linger(served: readonly Lane[]): Promise<readonly Message[]> {
    const { ports, config, pacer, budgetEndMs } = this.#parts;
    const [first, ...rest] = served;
    if (first === undefined) return [];
    const secondsLeft = Math.max(1, Math.floor((budgetEndMs - ports.clock.nowMs()) / 1_000));
    const lingerSeconds = Math.min(config.lingerSeconds, secondsLeft);
    await pacer.outlast(lingerSeconds * 1_000 + RECEIVE_MAX_MS);
    const message = await ports.queues.receive(first, lingerSeconds);
    return message === undefined ? this.#look(rest) : [message];
  }

  /** Settles in the background, one message at a time, so that the next hold runs meanwhile. */
  async #settleLater(message: Message, settlement: Settlement): Promise<void> {
    const { ports, gate, bells } = this.#parts;
    const { disposition, hiddenUntilMs = 0 } = settlement;
    const delayMs = disposition.kind === 'giveBack' ? disposition.delayMs : 0;
    const comesBackInMs = Math.max(delayMs, hiddenUntilMs - ports.clock.nowMs());
    if (comesBackInMs > 0) bells.ring(comesBackInMs);
    if (disposition.kind === 'failTask' && disposition.ringAfterMs !== undefined)
      bells.ring(disposition.ringAfterMs);
    await this.#settling;
    this.#settling = settled(ports, message, settlement);
    // Where the table cannot be reached this slot ends, but its call has been settled.
    if ('gateMs' in disposition) await gate.refused(disposition.gateMs);
  }
}
