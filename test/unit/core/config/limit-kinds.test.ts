import { configFaults } from '../../../../lambdas/core/config/config-rules.js';
import { pacedLimits, quotaLimits, slotsWithACallMax } from '../../../../lambdas/core/config/limit-kinds.js';
import { aConfig } from '../../../support/a-config.js';

const PACED = { calls: 5, windowMs: 300_000 };
const QUOTA = { calls: 5, windowMs: 300_001 };

describe('a limit with a window', () => {
  it('of up to five minutes is kept by the hold', () => {
    expect(pacedLimits([QUOTA, PACED])).toEqual([PACED]);
  });

  it('of more than five minutes is a quota', () => {
    expect(quotaLimits([QUOTA, PACED])).toEqual([QUOTA]);
  });

  it('of five minutes needs a call for each slot, and a quota does not', () => {
    const faults = configFaults({ ...aConfig(), slots: 6, limits: [QUOTA, PACED] });

    expect(faults).toEqual([expect.stringMatching(/^limits\[1\]: 5 calls per 300000 ms/)]);
  });

  it('of up to five minutes bounds the slots that all have a call in it, and a quota does not', () => {
    expect(slotsWithACallMax([{ ...PACED, calls: 7 }, { ...QUOTA, calls: 1 }, PACED])).toBe(5);
    expect(slotsWithACallMax([QUOTA])).toBe(Infinity);
  });
});
