import fc from 'fast-check';
import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import type { RateLimit } from '../../../../lambdas/core/pacing/hold.js';
import { QuotaKeeper } from '../../../../lambdas/core/worker/quota-keeper.js';
import { aConfig } from '../../../support/a-config.js';
import { InMemoryQuotaBook } from '../../../support/in-memory-table.js';
import { Journal } from '../../../support/journal.js';
import { RecordedTelemetry } from '../../../support/recorded.js';
import { SEED } from '../../../support/seed.js';
import { seededRandom } from '../../../support/seeded-random.js';
import { VirtualClock } from '../../../support/virtual-clock.js';

// Goal: slots that share nothing but the book never exceed a quota in any sliding window, at the API's door.
// Method: random slots that call, crash, idle and end, permits used as late as they may be, calls sent and arriving
// as late as they may; live limits up and down; every half-open window that ends with an arrival.

const JITTER_MS = 400;
const TIMEOUT_MS = 9_000;

const windowMs = fc.oneof(
  fc.integer({ min: 300_001, max: 400_000 }),
  fc.integer({ min: 300_001, max: 4_000_000 }),
);

const limits = fc.array(fc.record({ calls: fc.integer({ min: 1, max: 24 }), windowMs }), {
  minLength: 1,
  maxLength: 2,
});

const steps = fc.array(
  fc.record({
    slot: fc.nat({ max: 3 }),
    /** Asks at the same time, so that the two writes conflict. */
    rival: fc.nat({ max: 3 }),
    gapMs: fc.oneof(
      { weight: 5, arbitrary: fc.nat({ max: 3_000 }) },
      { weight: 4, arbitrary: fc.nat({ max: 20_000 }) },
      { weight: 1, arbitrary: fc.nat({ max: 600_000 }) },
    ),
    does: fc.oneof(
      { weight: 8, arbitrary: fc.constant('call' as const) },
      { weight: 1, arbitrary: fc.constantFrom('crash' as const, 'end' as const) },
      { weight: 1, arbitrary: fc.constantFrom('halve' as const, 'double' as const) },
    ),
    /** Where the quota is spent, calls again the instant it renews. */
    patient: fc.boolean(),
    lateMs: fc.constantFrom(0, 500, 1_000),
    sendMs: fc.constantFrom(0, 0, TIMEOUT_MS),
    travelMs: fc.constantFrom(0, JITTER_MS),
  }),
  { minLength: 40, maxLength: 160 },
);

interface Arrival {
  readonly atMs: number;
  /** What was allowed when the permit was last asked for. */
  readonly ratio: number;
}

class Fleet {
  readonly arrivals: Arrival[] = [];
  ratio = 1;
  readonly #clock = new VirtualClock();
  readonly #book = new InMemoryQuotaBook(new Journal(this.#clock));
  readonly #random = seededRandom(SEED);
  readonly #limits: readonly RateLimit[];
  readonly #slots = new Map<number, QuotaKeeper>();

  constructor(all: readonly RateLimit[]) {
    this.#limits = all;
  }

  async play(asked: typeof steps extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
    for (const { slot, rival, gapMs, does, patient, lateMs, sendMs, travelMs } of asked) {
      await this.#clock.advance(gapMs);
      if (does === 'crash') this.#slots.delete(slot);
      else if (does === 'end') await this.#end(slot);
      else if (does === 'halve') this.ratio = 0.5;
      else if (does === 'double') this.ratio = 2;
      else
        await this.#call([...new Set([slot, rival])], { patient, lateMs, arrivesAfterMs: sendMs + travelMs });
    }
  }

  /** Whether a slot that has done nothing before is granted a permit now. */
  async grants(): Promise<boolean> {
    return (await this.#clock.run(this.#keeper(99).secure(this.#control))) <= this.#clock.nowMs();
  }

  async pass(durationMs: number): Promise<void> {
    await this.#clock.advance(durationMs);
  }

  async #call(
    slots: readonly number[],
    { patient, lateMs, arrivesAfterMs }: { patient: boolean; lateMs: number; arrivesAfterMs: number },
  ): Promise<void> {
    const keepers = slots.map((slot) => this.#keeper(slot));
    const secure = () => this.#clock.run(Promise.all(keepers.map((keeper) => keeper.secure(this.#control))));
    let allowedMs = await secure();
    const renewsAtMs = Math.max(...allowedMs);
    if (patient && renewsAtMs > this.#clock.nowMs()) {
      await this.#clock.advance(renewsAtMs - this.#clock.nowMs());
      allowedMs = await secure();
    }
    const permitted = keepers.filter((_, index) => (allowedMs[index] ?? Infinity) <= this.#clock.nowMs());
    await this.#clock.advance(lateMs);
    for (const keeper of permitted) {
      // Contending for the book may have taken some of the time that a permit must last.
      try {
        keeper.use();
      } catch {
        continue;
      }
      this.arrivals.push({ atMs: this.#clock.nowMs() + arrivesAfterMs, ratio: this.ratio });
    }
  }

  async #end(slot: number): Promise<void> {
    const keeper = this.#slots.get(slot);
    this.#slots.delete(slot);
    if (keeper !== undefined) await this.#clock.run(keeper.leave());
  }

  #keeper(slot: number): QuotaKeeper {
    const known = this.#slots.get(slot);
    if (known !== undefined) return known;
    const operations = { getOrder: { effect: 'idempotent', timeoutMs: TIMEOUT_MS } } as const;
    const config = aConfig({ limits: [...this.#limits], arrivalJitterMs: JITTER_MS, operations });
    const ports = { clock: this.#clock, random: this.#random, quotaBook: this.#book };
    const keeper = new QuotaKeeper({ ...ports, telemetry: new RecordedTelemetry() }, config);
    this.#slots.set(slot, keeper);
    return keeper;
  }

  get #control() {
    return { ...OPEN_CONTROL, limits: this.#limits.map((limit) => changed(limit, this.ratio)) };
  }
}

function changed({ calls, windowMs: lengthMs }: RateLimit, ratio: number): RateLimit {
  return { calls: Math.max(1, Math.floor(calls * ratio)), windowMs: lengthMs };
}

/** By how many calls the fullest window exceeds the most that was allowed while it lasted. */
function excess(arrivals: readonly Arrival[], limit: RateLimit): number {
  return Math.max(
    ...arrivals.map(({ atMs: untilMs }) => {
      const within = arrivals.filter(({ atMs }) => atMs > untilMs - limit.windowMs && atMs <= untilMs);
      return within.length - changed(limit, Math.max(...within.map(({ ratio }) => ratio))).calls;
    }),
  );
}

/** Of a test on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

describe(`QuotaKeeper (SEED=${SEED})`, () => {
  it(
    'keeps every window within every quota, through crashes, late uses, conflicts and live changes',
    async () => {
      let calls = 0;
      await fc.assert(
        fc.asyncProperty(limits, steps, async (all, asked) => {
          const fleet = new Fleet(all);
          await fleet.play(asked);

          calls += fleet.arrivals.length;
          for (const limit of all) expect(excess(fleet.arrivals, limit)).toBeLessThanOrEqual(0);
        }),
        { seed: SEED, numRuns: 500 },
      );
      expect(calls).toBeGreaterThan(1_000);
    },
    PATIENCE_MS,
  );

  it(
    'grants a call once the longest window is over, whatever happened before',
    async () => {
      await fc.assert(
        fc.asyncProperty(limits, steps, async (all, asked) => {
          const fleet = new Fleet(all);
          await fleet.play(asked);
          const longestMs = Math.max(...all.map((limit) => limit.windowMs));

          await fleet.pass(longestMs * (1 + 1 / 48) + TIMEOUT_MS + 22_000);

          expect(await fleet.grants()).toBe(true);
        }),
        { seed: SEED, numRuns: 50 },
      );
    },
    PATIENCE_MS,
  );
});
