import { figuresOf, percentile, type Served } from '../../bench/row.js';
import { saturatedBatch } from '../../bench/workload.js';

/** 200 calls at 20 a second: ten seconds. */
const WORKLOAD = saturatedBatch({ calls: 200, seed: 1, slots: 5 });

const served = (executedAtMs: number | undefined, waitMs: number | undefined = 1): Served => ({
  priority: 'HIGH',
  waitMs,
  executedAtMs,
});

describe('figuresOf', () => {
  it('counts as unused what the limit had room for and nobody called', () => {
    const inTime = [5_000, 9_000, 14_999].map((atMs) => served(atMs));
    const late = served(15_000);

    expect(figuresOf([...inTime, late], WORKLOAD).limitUsedShare).toBe(0.75);
  });

  it('counts a refused call as a wait that ended and as a part of the limit that was not used', () => {
    const figures = figuresOf([served(0), served(undefined, 40)], WORKLOAD);

    expect(figures.limitUsedShare).toBe(0.5);
    expect(figures.highWaitMs.p99).toBe(40);
  });

  it('lets a HIGH call that never started wait for ever', () => {
    const never: Served = { priority: 'HIGH', waitMs: undefined, executedAtMs: undefined };

    expect(figuresOf([served(0), never], WORKLOAD).highWaitMs).toEqual({ p50: 1, p99: Infinity });
  });

  it('leaves the waits of the other classes out', () => {
    const batch: Served = { priority: 'BATCH', waitMs: 9_999, executedAtMs: 1 };

    expect(figuresOf([served(0), batch], WORKLOAD)).toMatchObject({ highCalls: 1, highWaitMs: { p99: 1 } });
  });
});

describe('percentile', () => {
  it('takes the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);

    expect([0.5, 0.99, 1].map((ratio) => percentile(values, ratio))).toEqual([100, 198, 200]);
  });

  it('is not a number where there are no values', () => {
    expect(percentile([], 0.99)).toBeNaN();
  });
});
