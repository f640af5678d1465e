import fc from 'fast-check';
import { Night, type NightSetup } from '../../../../lambdas/core/planning/night.js';
import { SEED } from '../../../support/seed.js';

const HOUR_MS = 3_600_000;

function aNight(more: Partial<NightSetup> = {}): Night {
  return new Night({
    capacityPerSecond: 2,
    minShares: { HIGH: 0.5, NORMAL: 0.05, BATCH: 0.05 },
    arrivalsPerSecond: { HIGH: 0.4, NORMAL: 0.6 },
    batchMessages: 7_200,
    ...more,
  });
}

describe('a night', () => {
  it('drains BATCH with what HIGH and NORMAL leave over', () => {
    const night = aNight();

    expect(night.drainMs).toBeCloseTo((7_200 / (2 - 0.4 - 0.6)) * 1_000, 3);
    expect(night.backlogAt(HOUR_MS).BATCH).toBeCloseTo(3_600, 6);
    expect(night.backlogAt(3 * HOUR_MS)).toEqual({ atMs: 3 * HOUR_MS, HIGH: 0, NORMAL: 0, BATCH: 0 });
  });

  it('drains BATCH at its minimum share while HIGH overloads the limit', () => {
    const night = aNight({ arrivalsPerSecond: { HIGH: 5, NORMAL: 0 } });

    expect(night.drainMs).toBeCloseTo((7_200 / (2 * 0.05)) * 1_000, 3);
    expect(night.backlogAt(HOUR_MS).HIGH).toBeCloseTo((5 - 2 * 0.95) * 3_600, 6);
  });

  it('never drains BATCH without a share above which others fill the limit', () => {
    const minShares = { HIGH: 0.5, NORMAL: 0, BATCH: 0 };

    expect(aNight({ minShares, arrivalsPerSecond: { HIGH: 2, NORMAL: 0 } }).drainMs).toBe(Infinity);
  });

  it('serves the backlog of NORMAL once BATCH is done', () => {
    const night = aNight({ arrivalsPerSecond: { HIGH: 0, NORMAL: 1.95 }, batchMessages: 360 });

    expect(night.drainMs).toBeCloseTo(HOUR_MS, 3);
    expect(night.backlogAt(HOUR_MS).NORMAL).toBeCloseTo(0.05 * 3_600, 6);
    expect(night.backlogAt(2 * HOUR_MS).NORMAL).toBeCloseTo(0, 6);
  });

  it(`loses no message: what has come has been served or waits (seed ${SEED})`, () => {
    const rates = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(rates, rates, fc.integer({ min: 0, max: 20_000 }), (HIGH, NORMAL, batchMessages) => {
        const night = aNight({ arrivalsPerSecond: { HIGH, NORMAL }, batchMessages });
        const [before, after] = [night.backlogAt(HOUR_MS), night.backlogAt(HOUR_MS + 1_000)];
        const sum = (backlog: typeof before) => backlog.HIGH + backlog.NORMAL + backlog.BATCH;
        const served = HIGH + NORMAL - (sum(after) - sum(before));

        const least = sum(after) > 3 ? 2 : 0;
        expect(served).toBeLessThanOrEqual(2 + 1e-6);
        expect(served).toBeGreaterThanOrEqual(least - 1e-6);
      }),
      { seed: SEED },
    );
  });
});
