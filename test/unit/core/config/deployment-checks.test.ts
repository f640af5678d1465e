import { theApiMayWorkAsLongAsWeWait } from '../../../../lambdas/core/config/deployment-checks.js';
import { aConfig } from '../../../support/a-config.js';

const call = (timeoutMs: number) => ({ effect: 'idempotent' as const, timeoutMs });

describe('the longest time that the legacy API may work', () => {
  it('is no shorter than anybody waits for an answer', () => {
    const operations = { short: call(5_000), long: call(5_001), longer: call(8_000) };

    expect(theApiMayWorkAsLongAsWeWait(aConfig({ serviceTimeMaxMs: 5_000, operations }))).toEqual([
      'serviceTimeMaxMs 5000 is below timeoutMs 5001 of operations.long: after a crash, others would call while its call may still run; raise the one, or lower the other',
      'serviceTimeMaxMs 5000 is below timeoutMs 8000 of operations.longer: after a crash, others would call while its call may still run; raise the one, or lower the other',
    ]);
  });
});
