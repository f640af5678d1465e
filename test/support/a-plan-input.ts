import type { Demand, PlanInput } from '../../lambdas/core/planning/plan-input.js';

/** 100 calls a minute, answers of 300 ms and rarely 1.5 s, and a demand that fits into the night. */
export function aPlanInput(more: Partial<PlanInput> = {}): PlanInput {
  return {
    limits: [{ calls: 100, windowMs: 60_000 }],
    inFlightMax: undefined,
    slots: undefined,
    latency: { p50Ms: 300, p99Ms: 1_500 },
    serviceTimeMaxMs: 10_000,
    demand: aDemand(),
    nightMs: 8 * 3_600_000,
    minShares: { HIGH: 0.5, NORMAL: 0.05, BATCH: 0.05 },
    arrivalJitterMs: 30,
    memoryMb: 512,
    transitionsPerCall: 3,
    concurrencyQuota: 1_000,
    configured: undefined,
    callsSimulated: 200,
    seed: 1,
    ...more,
  };
}

export function aDemand({ high = 0.2, normal = 0.5, batch = 5_000 } = {}): Demand {
  return {
    HIGH: { callsPerSecond: high },
    NORMAL: { callsPerSecond: normal },
    BATCH: { callsPerNight: batch },
  };
}
