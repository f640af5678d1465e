import { DEPLOYMENT_CHECKS } from '../../../../lambdas/core/config/deployment-checks.js';
import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { byLane, lanesOf } from '../../../../lambdas/core/config/tenant-allowance.js';
import { aConfig, aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

const allowing = (tenantAllowance: {
  calls: number;
  windowSeconds: number;
  overflowShareRatio?: number;
}) => ({
  priorities: { NORMAL: { tenantAllowance, ageObjectiveSeconds: 100 } },
});

const accept = (input: unknown) => parseConfig(input, 'config', DEPLOYMENT_CHECKS);

const faultsIn = (overrides: Parameters<typeof aConfigInput>[0]) =>
  faultsOf(() => accept(aConfigInput(overrides)));

/** One call per second. */
const faultsWith = (allowance: Parameters<typeof allowing>[0]) => faultsIn(allowing(allowance));

const WITHOUT_ORDER =
  'ordering: calls of one key would lose their order in the two queues that priorities.NORMAL.tenantAllowance makes; remove one of them';

describe('an allowance for tenants', () => {
  it('gives its class an overflow, whose share of the turns is small, and no other class', () => {
    const config = aConfig(allowing({ calls: 5, windowSeconds: 60 }));

    expect(config.priorities.NORMAL.tenantAllowance).toEqual({
      calls: 5,
      windowSeconds: 60,
      overflowShareRatio: 0.05,
    });
    expect(lanesOf(config)).toEqual(['HIGH', 'NORMAL', 'NORMAL_OVERFLOW', 'BATCH']);
    expect(byLane(config, (lane) => lane.length)).toEqual({
      HIGH: 4,
      NORMAL: 6,
      BATCH: 5,
      NORMAL_OVERFLOW: 15,
    });
  });

  it('is of no class unless configured', () => {
    expect(lanesOf(aConfig())).toEqual(['HIGH', 'NORMAL', 'BATCH']);
  });

  it('is refused where one tenant may ask for all that the limits let through', () => {
    expect(faultsWith({ calls: 19, windowSeconds: 20 })).toEqual([]);
    expect(faultsWith({ calls: 20, windowSeconds: 20 })).toEqual([
      "priorities.NORMAL.tenantAllowance: 20 calls in 20 s exceed the 19 that the limits leave beside the overflow's share; allow a part of that",
    ]);
  });

  it('is refused where one tenant within it keeps the others waiting beyond their objective', () => {
    expect(faultsWith({ calls: 47, windowSeconds: 600 })).toEqual([]);
    expect(faultsWith({ calls: 48, windowSeconds: 600 })).toEqual([
      'priorities.NORMAL.tenantAllowance: 48 calls in 600 s keep others waiting for 102 s, beyond ageObjectiveSeconds 100; allow fewer in a shorter window',
    ]);
  });

  it('is refused where order is kept, because there is none between two queues', () => {
    expect(faultsIn({ ordering: 'perKey', ...allowing({ calls: 5, windowSeconds: 60 }) })).toEqual([
      WITHOUT_ORDER,
    ]);
  });

  it('is taken as it is where no limit sets a pace', () => {
    expect(faultsIn({ limits: [], ...allowing({ calls: 1_000, windowSeconds: 1 }) })).toEqual([]);
  });

  it('has no fault of its own where the limit leaves slots without a call', () => {
    const limits = [{ calls: 1, windowMs: 1_000 }];

    expect(faultsIn({ slots: 2, limits, ...allowing({ calls: 5, windowSeconds: 60 }) })).toEqual([
      'limits[0]: 1 call per 1000 ms would leave some of the 2 slots without a call in a window; use at most 1 slot',
    ]);
  });

  it('is refused for its order also where the limits are faulty', () => {
    const limits = [{ calls: 0, windowMs: 1_000 }];

    expect(faultsIn({ ordering: 'perKey', limits, ...allowing({ calls: 5, windowSeconds: 60 }) })).toContain(
      WITHOUT_ORDER,
    );
  });

  it('promises nothing any more while it retires', () => {
    const tenantAllowance = { calls: 1_000, windowSeconds: 1, retiring: true };

    expect(faultsIn({ priorities: { NORMAL: { tenantAllowance } } })).toEqual([]);
  });

  it.each([0, 0.51, -1])('refuses %d as the share of an overflow', (overflowShareRatio) => {
    const input = aConfigInput(allowing({ calls: 5, windowSeconds: 60, overflowShareRatio }));

    expect(faultsOf(() => parseConfig(input))).toEqual([
      `priorities.NORMAL.tenantAllowance.overflowShareRatio: expected a ratio above 0 and up to 0.5 but got ${overflowShareRatio}`,
    ]);
  });
});
