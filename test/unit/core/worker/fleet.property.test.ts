import fc from 'fast-check';
import type { OrchestratorConfig } from '../../../../lambdas/core/config/orchestrator-config.js';
import { timingsOf } from '../../../../lambdas/core/config/timings.js';
import { PRIORITIES } from '../../../../lambdas/core/contracts/priority.js';
import { aConfig } from '../../../support/a-config.js';
import { aTaskRequestBody, tokenOf } from '../../../support/a-task-request.js';
import { InMemoryLedger } from '../../../support/in-memory-ledger.js';
import { InMemoryQueues } from '../../../support/in-memory-queues.js';
import { InMemoryControl, InMemoryQuotaBook, InMemorySlotRecords } from '../../../support/in-memory-table.js';
import { Journal } from '../../../support/journal.js';
import { RecordedTelemetry } from '../../../support/recorded.js';
import { ScriptedCallback } from '../../../support/scripted-callback.js';
import { SEED } from '../../../support/seed.js';
import { seededRandom } from '../../../support/seeded-random.js';
import { SlotFleet } from '../../../support/slot-fleet.js';
import { UnrulyLegacyApi } from '../../../support/unruly-legacy-api.js';
import { START_MS, VirtualClock } from '../../../support/virtual-clock.js';

// Goal: P1, P4 and P5 hold for a fleet of slots, whatever the workload, the legacy API's behaviour and crashes.
// Method: random workloads in virtual time against an unruly legacy API; its own view of the calls is judged.

/** More of them look deeper: `RUNS=5000 SEED=7`. */
const RUNS = Number(process.env['RUNS'] ?? 40);
/** Tasks, crashes and changes fall into this time: for most workloads more than the limit can serve in it. */
const SPREAD_MS = 10_000;
const PATIENCE_MS = 30 * 60_000;

interface Workload {
  readonly slots: number;
  readonly callsPerSlot: number;
  readonly windowMs: number;
  readonly seed: number;
  readonly tasks: readonly {
    readonly atMs: number;
    readonly priority: number;
    readonly once: boolean;
    readonly fate: number;
  }[];
  readonly crashes: readonly { readonly atMs: number; readonly choice: number }[];
  /** Calls per window for each slot after a change of the limit, and when it comes. */
  readonly change: { readonly atMs: number; readonly callsPerSlot: number } | undefined;
}

const instants = fc.nat({ max: SPREAD_MS });
const task = fc.record({
  atMs: instants,
  priority: fc.nat({ max: 2 }),
  once: fc.boolean(),
  fate: fc.nat({ max: 19 }),
});

const workloads: fc.Arbitrary<Workload> = fc.record({
  slots: fc.integer({ min: 1, max: 4 }),
  callsPerSlot: fc.integer({ min: 1, max: 3 }),
  windowMs: fc.integer({ min: 200, max: 2_500 }),
  seed: fc.nat(),
  tasks: fc.array(task, { minLength: 5, maxLength: 60, size: 'max' }),
  crashes: fc.array(fc.record({ atMs: instants, choice: fc.nat({ max: 3 }) }), { maxLength: 4, size: 'max' }),
  change: fc.option(fc.record({ atMs: instants, callsPerSlot: fc.integer({ min: 1, max: 3 }) }), {
    nil: undefined,
  }),
});

function configOf({ slots, callsPerSlot, windowMs }: Workload): OrchestratorConfig {
  return aConfig({
    slots,
    // One more than C * k where that is allowed, so that C does not divide N.
    limits: [{ calls: slots * callsPerSlot + (slots > 1 ? 1 : 0), windowMs }],
    arrivalJitterMs: 30,
    serviceTimeMaxMs: 4_000,
    slotBudgetMs: 15_000,
    livenessAfterMs: 500,
  });
}

async function play(workload: Workload) {
  const config = configOf(workload);
  const clock = new VirtualClock();
  const random = seededRandom(workload.seed);
  const journal = new Journal(clock);
  const queues = new InMemoryQueues(clock, journal);
  queues.visibilityTimeoutMs = timingsOf(config).visibilityTimeoutSeconds * 1_000;
  queues.receiveMs = 6;
  const callback = new ScriptedCallback(clock, journal);
  callback.latencyMs = 9;
  const legacyApi = new UnrulyLegacyApi(clock, random, config);
  const control = new InMemoryControl(journal);
  const slots = new InMemorySlotRecords(journal);
  const telemetry = new RecordedTelemetry();
  const fleet = new SlotFleet(clock, config, {
    clock,
    random,
    queues,
    callback,
    legacyApi,
    control,
    slots,
    ledger: new InMemoryLedger(journal),
    results: undefined,
    fingerprint: (text) => text,
    quotaBook: new InMemoryQuotaBook(journal),
    telemetry,
  });

  workload.tasks.forEach((task, index) => clock.at(START_MS + task.atMs, () => sendTask(task, index)));
  for (const { atMs, choice } of workload.crashes) clock.at(START_MS + atMs, () => fleet.crash(choice));
  const { change } = workload;
  if (change !== undefined) {
    const calls = workload.slots * change.callsPerSlot;
    const limits = [{ calls, windowMs: workload.windowMs }];
    clock.at(START_MS + change.atMs, () => (control.current = { ...control.current, limits }));
  }
  fleet.sweep();
  const waiting = () => workload.tasks.filter((_, index) => !hasEnded(`task-${index}`)).length;
  while (waiting() + queues.labels.length + fleet.living > 0 && clock.nowMs() < START_MS + PATIENCE_MS) {
    await clock.advance(1_000);
  }
  return { config, queues, callback, legacyApi, fleet, slots, waiting: waiting() };

  function hasEnded(callId: string): boolean {
    return [callback.succeeded, callback.failed, callback.closed].some((tokens) =>
      tokens.has(tokenOf(callId)),
    );
  }

  function sendTask({ priority, once, fate }: Workload['tasks'][number], index: number): void {
    const callId = `task-${index}`;
    const nowMs = clock.nowMs();
    const body = aTaskRequestBody({
      callId,
      priority: PRIORITIES[priority] ?? 'BATCH',
      operation: once ? 'bookOrder' : 'getOrder',
      enqueuedAt: new Date(nowMs).toISOString(),
      ...(fate === 0 ? { deadline: new Date(nowMs + 2_000).toISOString() } : {}),
    });
    const text = JSON.stringify(fate === 1 ? { ...body, state: '' } : body);
    queues.send(body.priority, text);
    if (fate === 2) clock.at(nowMs + 1_000, () => callback.closed.add(tokenOf(callId)));
    void fleet.ring();
  }
}

/** The most arrivals in any half-open window that begins with an arrival in the given span. */
function mostInAnyWindow(
  atMs: readonly number[],
  windowMs: number,
  fromMs = -Infinity,
  toMs = Infinity,
): number {
  const inSpan = atMs.filter((ms) => ms >= fromMs && ms < toMs);
  return Math.max(
    0,
    ...inSpan.map((ms) => inSpan.filter((other) => other >= ms && other < ms + windowMs).length),
  );
}

const always = (judge: (outcome: Awaited<ReturnType<typeof play>>, workload: Workload) => void) =>
  fc.assert(
    fc.asyncProperty(workloads, async (workload) => judge(await play(workload), workload)),
    { seed: SEED, numRuns: RUNS },
  );

describe(`a fleet of slots (SEED=${SEED})`, () => {
  it('never exceeds a limit in any window, through crashes and changes of the limit', async () => {
    await always(({ config, legacyApi }, { windowMs, change, slots }) => {
      const arrivals = legacyApi.seen.map(({ arrivedMs }) => arrivedMs);
      const configured = config.limits[0]?.calls ?? 0;
      const changed = change === undefined ? configured : slots * change.callsPerSlot;
      // A slot sees a change within a second, and an arrival may come J after its send.
      const changeMs = START_MS + (change?.atMs ?? 0);
      const seenMs = changeMs + 1_000 + config.arrivalJitterMs;

      expect(mostInAnyWindow(arrivals, windowMs)).toBeLessThanOrEqual(Math.max(configured, changed));
      expect(mostInAnyWindow(arrivals, windowMs, seenMs)).toBeLessThanOrEqual(changed);
      expect(mostInAnyWindow(arrivals, windowMs, 0, changeMs)).toBeLessThanOrEqual(configured);
    });
  });

  it('never has more calls in flight than slots, those of dead slots and given-up calls included', async () => {
    await always(({ legacyApi }, { slots }) => {
      const inFlight = legacyApi.seen.map(
        ({ arrivedMs }) =>
          legacyApi.seen.filter((other) => other.arrivedMs <= arrivedMs && other.doneMs > arrivedMs).length,
      );

      expect(Math.max(0, ...inFlight)).toBeLessThanOrEqual(slots);
    });
  });

  it('ends every task, and leaves no message and no slot behind', async () => {
    await always(({ waiting, queues, fleet }) => {
      expect(waiting).toBe(0);
      expect(queues.labels).toEqual([]);
      expect(queues.deadLettered).toEqual([]);
      expect(fleet.living).toBe(0);
      expect(fleet.rejections).toEqual([]);
    });
  });

  it('never repeats a once call that may have been executed', async () => {
    await always(({ legacyApi }, { tasks }) => {
      const ofOnce = legacyApi.seen
        .filter(({ refused }) => !refused)
        .map(({ idempotencyKey }) => idempotencyKey)
        .filter((key) => tasks[Number(key.replace('key-task-', ''))]?.once === true);

      expect(new Set(ofOnce).size).toBe(ofOnce.length);
    });
  });

  it('does the same again for the same workload', async () => {
    await fc.assert(
      fc.asyncProperty(workloads, async (workload) => {
        const first = await play(workload);
        const second = await play(workload);

        expect(second.legacyApi.seen).toEqual(first.legacyApi.seen);
      }),
      { seed: SEED, numRuns: 5 },
    );
  });
});
