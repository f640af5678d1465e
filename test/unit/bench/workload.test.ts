import { PRIORITIES } from '../../../lambdas/core/contracts/priority.js';
import {
  HIGH_FROM_MS,
  HIGH_RATIO,
  NORMAL_RATIO,
  saturatedBatch,
  type Workload,
} from '../../bench/workload.js';

const SEED = 7;

describe(`saturatedBatch, seed ${SEED}`, () => {
  const workload = saturatedBatch({ calls: 20_000, seed: SEED, slots: 5 });

  it('gives the same jobs for the same seed, and others for another', () => {
    const [same, other] = [SEED, SEED + 1].map((seed) => saturatedBatch({ calls: 20_000, seed, slots: 5 }));

    expect(same).toEqual(workload);
    expect(other?.jobs).not.toEqual(workload.jobs);
  });

  it('has exactly as many jobs as it was asked for, in order of time, each with a name of its own', () => {
    const { jobs } = workload;

    expect(jobs).toHaveLength(20_000);
    expect(new Set(jobs.map(({ name }) => name)).size).toBe(20_000);
    expect(jobs.map(({ atMs }) => atMs)).toEqual(
      jobs.map(({ atMs }) => atMs).sort((one, other) => one - other),
    );
  });

  it('has the shares of HIGH and NORMAL that it says, while they arrive', () => {
    const room = (workload.limit.calls * (workload.lengthMs - HIGH_FROM_MS)) / workload.limit.windowMs;

    expect(countOf(workload, 'HIGH') / room).toBeCloseTo(HIGH_RATIO, 2);
    expect(countOf(workload, 'NORMAL') / room).toBeCloseTo(NORMAL_RATIO, 2);
  });

  it('submits BATCH at once and the rest once that is over', () => {
    const [high, normal, batch] = PRIORITIES.map((priority) =>
      workload.jobs.filter((job) => job.priority === priority).map(({ atMs }) => atMs),
    );

    expect(new Set(batch)).toEqual(new Set([0]));
    expect(Math.min(...(high ?? []), ...(normal ?? []))).toBeGreaterThanOrEqual(HIGH_FROM_MS);
  });

  it.each([1, 5, 10])('grows the limit with %i slots, so that the hold stays', (slots) => {
    const { limit, lengthMs } = saturatedBatch({ calls: 400, seed: SEED, slots });

    expect(limit).toEqual({ calls: 4 * slots, windowMs: 1_000 });
    expect(lengthMs).toBe(100_000 / slots);
  });
});

function countOf({ jobs }: Workload, priority: string): number {
  return jobs.filter((job) => job.priority === priority).length;
}
