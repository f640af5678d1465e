import { byPriority, type Priority } from '../../lambdas/core/contracts/priority.js';
import { optionOf, type SlotOption } from '../../lambdas/core/planning/slot-option.js';
import { CALLBACK, CONTROL_READ, RECEIVE } from '../../lambdas/core/planning/worker-times.js';
import { aPlanInput } from '../support/a-plan-input.js';
import type { Latency } from './dice.js';
import { Distribution } from './distribution.js';
import { CALLBACK_REQUEST, NETWORK_LEAST_MS, SQS_REQUEST, TABLE_READ } from './latencies.js';
import { capacityPerSecond } from './scenario.js';
import { START_MS } from './scheduler.js';
import { scenarioOf } from './trial.js';
import { World } from './world.js';

// Goal: what the planner predicts is what the shipped worker does.
// Method: nightly batches through the simulator, and plans for the same limit, latency and demand.

const TOLERANCE = 0.15;
const ARRIVAL_JITTER_MS = 30;

/** Callers measure the network both ways as well; the simulator's latency is that of the API alone. */
const ROUND_TRIP_MS = 2 * (NETWORK_LEAST_MS + ARRIVAL_JITTER_MS / 2);

interface Case {
  readonly slots: number;
  readonly calls: number;
  readonly windowMs: number;
  readonly latency: Latency;
  readonly durationMs: number;
  readonly runs: number;
}

const SLOW: Latency = { medianMs: 300, p99Ms: 1_500 };
const STEADY: Latency = { medianMs: 200, p99Ms: 430 };

/** The slots that the planner recommends for each of these, and calls enough for its 99th percentile. */
const CASES: readonly Case[] = [
  { slots: 1, calls: 4, windowMs: 2_000, latency: STEADY, durationMs: 3_600_000, runs: 4 },
  { slots: 2, calls: 100, windowMs: 60_000, latency: SLOW, durationMs: 3_600_000, runs: 4 },
  { slots: 5, calls: 20, windowMs: 2_000, latency: STEADY, durationMs: 900_000, runs: 2 },
  { slots: 20, calls: 20, windowMs: 1_000, latency: SLOW, durationMs: 600_000, runs: 2 },
];

interface Measured {
  readonly waits: Readonly<Record<Priority, Distribution>>;
  readonly limitUsedRatio: number;
}

async function simulated({ slots, calls, windowMs, latency, durationMs, runs }: Case): Promise<Measured> {
  const waits = byPriority(() => new Distribution());
  const limits = [{ calls, windowMs }];
  let [startedCalls, allowedCalls] = [0, 0];
  for (let seed = 1; seed <= runs; seed += 1) {
    const trial = { seeds: [seed], workload: 'nightly-batch', pollers: 'retries' } as const;
    const world = new World(scenarioOf({ ...trial, slots, limits, latency, durationMs }, seed));
    await world.run();
    for (const { plan, firstCallMs, firstEnqueuedMs } of world.stepFunctions.executions)
      waits[plan.priority].add((firstCallMs ?? START_MS) - firstEnqueuedMs);
    startedCalls += world.meter.calls;
    allowedCalls += (world.meter.busyMs * calls) / windowMs;
  }
  return { waits, limitUsedRatio: startedCalls / allowedCalls };
}

/** What a plan says of these slots, without the other numbers of slots that it would compare them with. */
function planned({ slots, calls, windowMs, latency, durationMs }: Case): SlotOption {
  const limits = [{ calls, windowMs }];
  const perSecond = capacityPerSecond({ slots, limits, latency, durationMs });
  const input = aPlanInput({
    limits,
    latency: { p50Ms: latency.medianMs + ROUND_TRIP_MS, p99Ms: latency.p99Ms + ROUND_TRIP_MS },
    demand: {
      HIGH: { callsPerSecond: 0.1 * perSecond },
      NORMAL: { callsPerSecond: 0.2 * perSecond },
      BATCH: { callsPerNight: Math.ceil((0.72 * perSecond * durationMs) / 1_000) },
    },
    callsSimulated: 20_000,
  });
  return optionOf(input, slots);
}

describe.each(CASES)('a plan for $calls calls per $windowMs ms with $slots slots', (example) => {
  let measured: Measured;
  let predicted: SlotOption;

  beforeAll(async () => {
    measured = await simulated(example);
    predicted = planned(example);
  }, 120_000);

  it('predicts the share of the limit that the worker uses', () => {
    expect(error(predicted.limitUsedRatio, measured.limitUsedRatio)).toBeLessThan(0.03);
  });

  it.each([
    ['HIGH', 'p50Ms', 0.5],
    ['HIGH', 'p99Ms', 0.99],
    ['NORMAL', 'p50Ms', 0.5],
    ['NORMAL', 'p99Ms', 0.99],
    ['BATCH', 'p50Ms', 0.5],
    ['BATCH', 'p99Ms', 0.99],
  ] as const)('predicts the wait of %s (%s) within 15 %%', (priority, quantile, ratio) => {
    const predictedMs = predicted.waits.duringBatch[priority]?.[quantile] ?? NaN;

    expect(error(predictedMs, measured.waits[priority].percentileMs(ratio))).toBeLessThan(TOLERANCE);
  });
});

describe('what the planner takes requests to AWS to need', () => {
  it.each([
    ['a receive', RECEIVE, SQS_REQUEST],
    ['a read of the control record', CONTROL_READ, TABLE_READ],
    ['a callback', CALLBACK, CALLBACK_REQUEST],
  ])('is what the simulator does: %s', (_what, { p50Ms, p99Ms }, { medianMs, p99Ms: simulatedP99Ms }) => {
    expect([p50Ms, p99Ms]).toEqual([medianMs, simulatedP99Ms]);
  });
});

function error(predictedValue: number, measuredValue: number): number {
  return Math.abs(predictedValue / measuredValue - 1);
}
