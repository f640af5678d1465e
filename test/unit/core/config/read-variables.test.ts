import { readQueueUrls, readVariables } from '../../../../lambdas/core/config/read-variables.js';
import { aConfig, aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

const WANTED = { names: ['TABLE_NAME', 'DOORBELL_URL'], configName: 'CONFIG' } as const;
const VARIABLES = {
  TABLE_NAME: 'table',
  DOORBELL_URL: 'https://sqs.example.com/bell',
  OTHER: 'not asked for',
  CONFIG: JSON.stringify(aConfigInput()),
};

describe('readVariables', () => {
  it('returns the configuration, and the variables that were asked for', () => {
    expect(readVariables(VARIABLES, WANTED)).toEqual({
      config: aConfig(),
      values: { TABLE_NAME: 'table', DOORBELL_URL: 'https://sqs.example.com/bell' },
    });
  });

  it('refuses an environment with every variable that is missing or empty', () => {
    const read = () => readVariables({ ...VARIABLES, CONFIG: undefined, TABLE_NAME: '' }, WANTED);

    expect(read).toThrow(/^the environment has 2 faults:/);
    expect(faultsOf(read)).toEqual([
      'CONFIG: missing; the stack sets it on the function',
      'TABLE_NAME: missing; the stack sets it on the function',
    ]);
  });

  it('refuses a configuration that is not JSON without quoting it', () => {
    const read = () => readVariables({ ...VARIABLES, CONFIG: '{"secret"' }, WANTED);

    expect(read).toThrow(/^CONFIG has 1 fault:/);
    expect(faultsOf(read)).toEqual(['value: expected JSON; the stack writes it']);
  });

  it('refuses a configuration with its faults, under the name of its variable', () => {
    const config = JSON.stringify(aConfigInput({ slots: 0 }));

    expect(() => readVariables({ ...VARIABLES, CONFIG: config }, WANTED)).toThrow(/^CONFIG has 1 fault:/);
  });
});

describe('readQueueUrls', () => {
  const config = aConfig({
    priorities: { BATCH: { tenantAllowance: { calls: 5, windowSeconds: 60 } } },
    slots: 1,
  });
  const URLS = {
    QUEUE_URL_HIGH: 'https://sqs.example.com/high',
    QUEUE_URL_NORMAL: 'https://sqs.example.com/normal',
    QUEUE_URL_BATCH: 'https://sqs.example.com/batch',
    QUEUE_URL_BATCH_OVERFLOW: 'https://sqs.example.com/batch-overflow',
  };

  it('returns the address of every queue that the configuration has', () => {
    expect(readQueueUrls(URLS, config)).toEqual({
      HIGH: URLS.QUEUE_URL_HIGH,
      NORMAL: URLS.QUEUE_URL_NORMAL,
      BATCH: URLS.QUEUE_URL_BATCH,
      BATCH_OVERFLOW: URLS.QUEUE_URL_BATCH_OVERFLOW,
    });
  });

  it('refuses an environment with every address that is missing', () => {
    expect(faultsOf(() => readQueueUrls({ QUEUE_URL_HIGH: 'a', QUEUE_URL_NORMAL: '' }, config))).toEqual([
      'QUEUE_URL_NORMAL: missing; the stack sets it on the function',
      'QUEUE_URL_BATCH: missing; the stack sets it on the function',
      'QUEUE_URL_BATCH_OVERFLOW: missing; the stack sets it on the function',
    ]);
  });
});
