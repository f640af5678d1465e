import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import { servedLanes, turnSharesOf } from '../../../../lambdas/core/dispatch/served-lanes.js';
import { aConfig } from '../../../support/a-config.js';

const config = aConfig({
  priorities: {
    NORMAL: {
      minShareRatio: 0.2,
      ageObjectiveSeconds: 100,
      tenantAllowance: { calls: 5, windowSeconds: 60, overflowShareRatio: 0.1 },
    },
    BATCH: { minShareRatio: 0.05 },
  },
});

describe('the queues that may be served', () => {
  it('are those of every class, its overflow behind its own, the most urgent first', () => {
    expect(servedLanes(config, OPEN_CONTROL)).toEqual(['HIGH', 'NORMAL', 'NORMAL_OVERFLOW', 'BATCH']);
    expect(servedLanes(aConfig(), OPEN_CONTROL)).toEqual(['HIGH', 'NORMAL', 'BATCH']);
  });

  it('are none of a class that is paused', () => {
    expect(servedLanes(config, { ...OPEN_CONTROL, paused: ['NORMAL'] })).toEqual(['HIGH', 'BATCH']);
  });
});

describe('the shares of turns', () => {
  it('are those of the configuration, and of overflows only where there is one', () => {
    const { ofClasses, ofOverflows } = turnSharesOf(config);

    expect(ofClasses).toMatchObject({ NORMAL: 0.2, BATCH: 0.05 });
    expect(ofOverflows).toEqual({ HIGH: undefined, NORMAL: 0.1, BATCH: undefined });
  });
});
