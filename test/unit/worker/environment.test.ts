import { aConfig, aConfigInput } from '../../support/a-config.js';
import { faultsOf } from '../../support/faults-of.js';
import { readEnvironment } from '../../../lambdas/worker/environment.js';

const VARIABLES = {
  ORCHESTRATOR_CONFIG: JSON.stringify(aConfigInput()),
  TABLE_NAME: 'the-table',
  DOORBELL_URL: 'https://q/doorbell',
  QUEUE_URL_HIGH: 'https://q/high',
  QUEUE_URL_NORMAL: 'https://q/normal',
  QUEUE_URL_BATCH: 'https://q/batch',
  PARKED_URL: 'https://q/parked',
};

describe('readEnvironment', () => {
  it('reads every variable', () => {
    expect(readEnvironment(VARIABLES)).toEqual({
      config: aConfig(),
      tableName: 'the-table',
      doorbellUrl: 'https://q/doorbell',
      parkedUrl: 'https://q/parked',
      queueUrls: { HIGH: 'https://q/high', NORMAL: 'https://q/normal', BATCH: 'https://q/batch' },
      resultsBucket: undefined,
    });
  });

  it('reads the overflows of classes with an allowance, and refuses to be without one', () => {
    const input = aConfigInput({
      priorities: { BATCH: { tenantAllowance: { calls: 5, windowSeconds: 60 } } },
    });
    const variables = { ...VARIABLES, ORCHESTRATOR_CONFIG: JSON.stringify(input) };
    const QUEUE_URL_BATCH_OVERFLOW = 'https://q/batch-overflow';

    expect(readEnvironment({ ...variables, QUEUE_URL_BATCH_OVERFLOW }).queueUrls).toMatchObject({
      BATCH_OVERFLOW: QUEUE_URL_BATCH_OVERFLOW,
    });
    expect(faultsOf(() => readEnvironment(variables))).toEqual([
      'QUEUE_URL_BATCH_OVERFLOW: missing; the stack sets it on the function',
    ]);
  });

  it('reads where results go, if anywhere', () => {
    expect(readEnvironment({ ...VARIABLES, RESULTS_BUCKET: 'results' }).resultsBucket).toBe('results');
  });

  it.each(Object.keys(VARIABLES))('refuses an environment without %s', (name) => {
    expect(faultsOf(() => readEnvironment({ ...VARIABLES, [name]: undefined }))).toEqual([
      `${name}: missing; the stack sets it on the function`,
    ]);
  });

  it('refuses an empty environment with every variable at once', () => {
    expect(faultsOf(() => readEnvironment({ TABLE_NAME: '' }))).toHaveLength(Object.keys(VARIABLES).length);
  });

  it('refuses a faulty configuration with every fault', () => {
    const config = JSON.stringify({ ...aConfigInput(), slots: 0, name: '' });

    expect(faultsOf(() => readEnvironment({ ...VARIABLES, ORCHESTRATOR_CONFIG: config }))).toHaveLength(2);
  });

  it('refuses a configuration that is not JSON, without quoting it', () => {
    const faults = faultsOf(() => readEnvironment({ ...VARIABLES, ORCHESTRATOR_CONFIG: '{"name": secret' }));

    expect(faults).toEqual([expect.stringContaining('JSON') as string]);
    expect(faults.join()).not.toContain('secret');
  });
});
