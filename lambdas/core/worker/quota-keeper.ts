import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { Control } from '../control.js';
import { type Permits, renewsAtMs, roomIn, withoutPermits, withPermits } from '../quota/quota-book.js';
import { type Quota, quotasOf } from '../quota/quotas.js';
import type { Ports } from '../ports.js';

/** How long permits last. Long enough for a slot to use a block of them, and as long again each call counts. */
const LEASE_MS = 20_000;

/** A permit in hand must last for this long: the claim in the ledger, the rest of a hold, and timers that are late. */
const AHEAD_MS = 5_000;

/** How long before the end of the hold permits are asked for: two requests to the table, one of them repeated. */
const LEAD_MS = 100;

/** Most permits that one slot takes at once: what a crash costs at most. */
const BLOCK_MAX = 8;

/** A block is no more than each slot's part of this share of what is left: the last permits are taken one by one. */
const BLOCK_ROOM_RATIO = 1 / 4;

/** Others may write at the same time; each round one of them succeeds. */
const ATTEMPTS_MAX = 20;
const RETRY_WITHIN_MS = 40;

/** Slots that a closing gate ends together give back one after the other, because a conflict loses the permits. */
const GIVE_BACK_WITHIN_MS = 500;

const NONE: Permits = { calls: 0, untilMs: 0 };

type QuotaPorts = Pick<Ports, 'clock' | 'random' | 'quotaBook' | 'telemetry'>;

/**
 * Keeps one slot inside the quotas: no call is made without a permit, and every permit is counted in the quota book
 * before it may be used.
 *
 * Permits come in small blocks, so that the table is asked once for several calls. What is left of a block goes back
 * into the book; what a crash leaves stays counted. Without quotas it asks for nothing.
 */
export class QuotaKeeper {
  readonly #ports: QuotaPorts;
  readonly #config: OrchestratorConfig;
  readonly #configured: readonly Quota[];
  readonly #sendDelayMaxMs: number;
  #inHand: Permits = NONE;
  #block = 0;
  #counting = false;
  #askedUnder: readonly Quota[] = [];

  constructor(ports: QuotaPorts, config: OrchestratorConfig) {
    this.#ports = ports;
    this.#config = config;
    this.#configured = quotasOf(config.limits, config.arrivalJitterMs);
    // A connection that is slow to open may delay the sending of a call for as long as we wait for its answer.
    this.#sendDelayMaxMs = Math.max(...Object.values(config.operations).map(({ timeoutMs }) => timeoutMs));
  }

  /** How long before a call `secure` should be asked; 0 where it has nothing to do. */
  leadMs(control: Control): number {
    const quotas = this.#quotasUnder(control);
    return quotas === undefined || this.#hasPermitUnder(quotas) ? 0 : LEAD_MS;
  }

  /**
   * Takes a permit in hand where there is one to be had, and returns the instant from which a call may be made: now,
   * or the renewal of a spent quota. Throws when the table fails.
   */
  async secure(control: Control): Promise<number> {
    const quotas = this.#quotasUnder(control);
    this.#counting = quotas !== undefined;
    if (quotas === undefined || this.#hasPermitUnder(quotas)) return this.#ports.clock.nowMs();
    const wanted = this.#inHand.calls > 0 ? Math.ceil(this.#block / 2) : this.#block * 2;
    this.#block = Math.max(1, Math.min(BLOCK_MAX, wanted));
    return this.#reserve(quotas);
  }

  /** Uses up a permit, at the start of a call. Throws where it has expired, because it no longer counts long enough. */
  use(): void {
    if (!this.#counting) return;
    if (this.#inHand.calls === 0 || this.#usableForMs < 0) throw new Error('the permit has expired');
    this.#inHand = { ...this.#inHand, calls: this.#inHand.calls - 1 };
  }

  /** Gives back what was not used. Never throws: what cannot be given back stays counted. */
  async leave(): Promise<void> {
    if (this.#inHand.calls === 0) return;
    const { clock, random, quotaBook, telemetry } = this.#ports;
    const unused = this.#takeUnused();
    try {
      await clock.sleepUntil(clock.nowMs() + Math.ceil(random.ratio() * GIVE_BACK_WITHIN_MS));
      const { book, version } = await quotaBook.read();
      // Once only: a write whose answer was lost may have taken effect, and twice would take back permits in use.
      await quotaBook.replace(withoutPermits(book, unused), version);
    } catch (error) {
      telemetry.record({ kind: 'problem', what: 'give unused permits back', reason: String(error) });
    }
  }

  async #reserve(quotas: readonly Quota[]): Promise<number> {
    const { clock, random, quotaBook } = this.#ports;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const { book: stored, version } = await quotaBook.read();
      const nowMs = clock.nowMs();
      const book = withoutPermits(stored, this.#inHand);
      const room = roomIn(book, quotas, nowMs);
      if (room < 1) return renewsAtMs(book, quotas, nowMs);
      const permits = { calls: this.#blockIn(room), untilMs: nowMs + LEASE_MS + this.#sendDelayMaxMs };
      // Taken back once only: a write whose answer was lost may have taken them back already.
      this.#takeUnused();
      if (await quotaBook.replace(withPermits(book, permits, this.#all(quotas), nowMs), version)) {
        this.#inHand = permits;
        this.#askedUnder = quotas;
        return clock.nowMs();
      }
      await clock.sleepUntil(clock.nowMs() + Math.ceil(random.ratio() * RETRY_WITHIN_MS));
    }
    throw new Error(
      `the quota book was changed by others ${ATTEMPTS_MAX} times while a permit was asked for`,
    );
  }

  #blockIn(room: number): number {
    const part = Math.floor((room * BLOCK_ROOM_RATIO) / this.#config.slots);
    return Math.max(1, Math.min(this.#block, part));
  }

  #takeUnused(): Permits {
    const unused = this.#inHand;
    this.#inHand = { ...unused, calls: 0 };
    return unused;
  }

  /** A quota that has changed since the permits were given may leave no room for them. */
  #hasPermitUnder(quotas: readonly Quota[]): boolean {
    if (this.#inHand.calls === 0 || this.#usableForMs < AHEAD_MS) return false;
    return JSON.stringify(quotas) === JSON.stringify(this.#askedUnder);
  }

  /** Until the last instant at which a call may start that is then sent in time. */
  get #usableForMs(): number {
    return this.#inHand.untilMs - this.#sendDelayMaxMs - this.#ports.clock.nowMs();
  }

  /** Undefined where nothing is counted. While live limits lack the configured quotas, calls still count for later. */
  #quotasUnder({ limits }: Control): readonly Quota[] | undefined {
    const quotas = limits === undefined ? this.#configured : quotasOf(limits, this.#config.arrivalJitterMs);
    return this.#all(quotas).length === 0 ? undefined : quotas;
  }

  #all(inForce: readonly Quota[]): readonly Quota[] {
    return [...inForce, ...this.#configured];
  }
}
