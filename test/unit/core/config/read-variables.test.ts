import { readVariables } from '../../../../lambdas/core/config/read-variables.js';
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
