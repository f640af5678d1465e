import { byPriority, type Priority } from '../contracts/priority.js';
import { turnOrder } from '../dispatch/turn-order.js';
import { FetchLead } from '../pacing/fetch-lead.js';
import type { Random } from '../ports.js';
import { type Draws, drawsFor } from './draws.js';
import { ModelQueue } from './model-queue.js';
import type { Horizon, QueueingResult, QueueingSetup } from './queueing-setup.js';
import { type ModelSlot, SlotHeap } from './slot-heap.js';
import { NEXT_START, RESTART_MS, START_LATE_MS } from './worker-times.js';

/**
 * The waits of messages in the ideal system, in virtual time: C slots with their hold, the slots' own order of
 * turns and lead of fetching, nothing lost and nobody crashing.
 *
 * Begins with idle slots that start one after another when a backlog is there, because holds keep the slots' phases
 * as they began: many slots with a long hold stay bunched together for hours.
 */
export function simulateQueues(setup: QueueingSetup, horizon: Horizon, random: Random): QueueingResult {
  return new QueueingModel(setup, random).run(horizon);
}

class QueueingModel {
  readonly #setup: QueueingSetup;
  readonly #random: Random;
  readonly #heap = new SlotHeap();
  readonly #idle: ModelSlot[] = [];
  readonly #queues: { readonly HIGH: ModelQueue; readonly NORMAL: ModelQueue };
  readonly #waitsMs = byPriority(() => [] as number[]);
  readonly #draw: Draws;
  readonly #nextArrivalMs: { HIGH: number; NORMAL: number };
  #batchLeft: number;
  #receives = 0;
  #wakes = 0;
  #calls = 0;

  constructor(setup: QueueingSetup, random: Random) {
    this.#setup = setup;
    this.#random = random;
    this.#batchLeft = setup.batchMessages;
    this.#queues = { HIGH: new ModelQueue(random), NORMAL: new ModelQueue(random) };
    this.#nextArrivalMs = { HIGH: this.#interarrivalMs('HIGH'), NORMAL: this.#interarrivalMs('NORMAL') };
    this.#draw = drawsFor(setup, random);
    for (let index = 0; index < setup.slots; index += 1) this.#idle.push(anIdleSlot());
    if (this.#batchLeft > 0) this.#wakeAll();
  }

  run({ timeMs, calls }: Horizon): QueueingResult {
    let nowMs = 0;
    while (nowMs < timeMs && this.#calls < calls) {
      const arriving = this.#nextArrivalMs.HIGH <= this.#nextArrivalMs.NORMAL ? 'HIGH' : 'NORMAL';
      const arrivalMs = this.#nextArrivalMs[arriving];
      nowMs = Math.min(arrivalMs, this.#heap.nextMs);
      if (nowMs === Infinity) break;
      if (arrivalMs === nowMs) this.#arrive(arriving, nowMs);
      else this.#look(nowMs);
    }
    return { waitsMs: this.#waitsMs, receives: this.#receives, wakes: this.#wakes, endMs: nowMs };
  }

  #arrive(priority: 'HIGH' | 'NORMAL', nowMs: number): void {
    this.#queues[priority].push(nowMs);
    this.#nextArrivalMs[priority] = nowMs + this.#interarrivalMs(priority);
    const slot = this.#idle.pop();
    if (slot === undefined) return;
    const lingers = slot.looksMs + this.#setup.lingerMs > nowMs;
    if (!lingers) this.#wakes += 1;
    slot.looksMs = nowMs + (lingers ? 0 : this.#draw.wake());
    slot.budgetEndMs = lingers ? slot.budgetEndMs : slot.looksMs + this.#setup.slotBudgetMs;
    this.#heap.push(slot);
  }

  #look(nowMs: number): void {
    const slot = this.#heap.pop();
    if (slot === undefined) return;
    const taken = this.#take(nowMs);
    if (taken === undefined) return this.#linger(slot, nowMs);
    const { arrivedMs, priority, preparationMs } = taken;
    const { slotBudgetMs, holdMs } = this.#setup;
    const startMs = Math.max(nowMs + preparationMs, slot.mayStartMs, slot.settledMs) + START_LATE_MS;
    slot.lead = slot.lead.after(Math.round(preparationMs));
    this.#waitsMs[priority].push(startMs - arrivedMs);
    this.#calls += 1;
    const answeredMs = startMs + this.#draw.latency();
    slot.mayStartMs = startMs + holdMs;
    slot.settledMs = answeredMs + this.#draw.callback() + this.#draw.delete();
    slot.looksMs = Math.max(answeredMs, slot.mayStartMs - slot.lead.ms);
    if (Math.max(answeredMs, slot.mayStartMs) >= slot.budgetEndMs) {
      slot.looksMs = Math.max(slot.settledMs, slot.mayStartMs) + RESTART_MS;
      slot.lead = new FetchLead();
      slot.budgetEndMs = slot.looksMs + slotBudgetMs;
    }
    this.#heap.push(slot);
  }

  /** The long poll finds a HIGH message that the short ones missed; what else they missed is found after it. */
  #linger(slot: ModelSlot, nowMs: number): void {
    const { HIGH, NORMAL } = this.#queues;
    if (HIGH.isEmpty && NORMAL.isEmpty && this.#batchLeft <= 0) {
      this.#idle.push(slot);
      return;
    }
    slot.looksMs = HIGH.isEmpty ? nowMs + this.#setup.lingerMs : nowMs;
    this.#heap.push(slot);
  }

  /** The most urgent message that is there, in the order of this turn, and what it took to have it in hand. */
  #take(nowMs: number): { arrivedMs: number; priority: Priority; preparationMs: number } | undefined {
    let atMs = nowMs + this.#draw.control();
    for (const priority of turnOrder(this.#setup.minShares, this.#random.ratio())) {
      const roundTripMs = this.#draw.receive();
      this.#arriveUntil(priority, atMs + roundTripMs / 2);
      atMs += roundTripMs;
      this.#receives += 1;
      const arrivedMs = this.#first(priority);
      if (arrivedMs === undefined) continue;
      if (nowMs - arrivedMs > this.#setup.livenessAfterMs) atMs += this.#draw.callback();
      return { arrivedMs, priority, preparationMs: atMs - nowMs };
    }
    return undefined;
  }

  /** What arrives while a slot is looking is found, as long as no idle slot would have been woken by it. */
  #arriveUntil(priority: Priority, instantMs: number): void {
    if (priority === 'BATCH' || this.#idle.length > 0) return;
    while (this.#nextArrivalMs[priority] <= instantMs) this.#arrive(priority, this.#nextArrivalMs[priority]);
  }

  #first(priority: Priority): number | undefined {
    if (priority !== 'BATCH') return this.#queues[priority].take();
    if (this.#batchLeft <= 0) return undefined;
    this.#batchLeft -= 1;
    return 0;
  }

  /** One slot after another: each rings for the next when it finds work, and so does every message that arrives. */
  #wakeAll(): void {
    const { HIGH, NORMAL } = this.#setup.arrivalsPerSecond;
    const bellsPerStart = 1 + ((HIGH + NORMAL) * NEXT_START.p50Ms) / 1_000;
    let startsMs = this.#draw.wake();
    for (const slot of this.#idle) {
      slot.looksMs = startsMs;
      slot.budgetEndMs = startsMs + this.#setup.slotBudgetMs;
      this.#heap.push(slot);
      startsMs += this.#draw.start() / bellsPerStart;
    }
    this.#idle.length = 0;
  }

  #interarrivalMs(priority: 'HIGH' | 'NORMAL'): number {
    const perSecond = this.#setup.arrivalsPerSecond[priority];
    return perSecond === 0 ? Infinity : (-1_000 * Math.log(1 - this.#random.ratio())) / perSecond;
  }
}

function anIdleSlot(): ModelSlot {
  return { looksMs: -Infinity, mayStartMs: 0, settledMs: 0, budgetEndMs: 0, lead: new FetchLead() };
}
