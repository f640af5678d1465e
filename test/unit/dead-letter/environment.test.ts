import { readEnvironment } from '../../../lambdas/dead-letter/environment.js';
import { aConfig, aConfigInput } from '../../support/a-config.js';
import { faultsOf } from '../../support/faults-of.js';

const VARIABLES = {
  ORCHESTRATOR_CONFIG: JSON.stringify(aConfigInput()),
  TABLE_NAME: 'the-table',
  DEAD_LETTER_URL: 'https://q/dead-letters',
  PARKED_URL: 'https://q/parked',
};

describe('readEnvironment of the dead-letter function', () => {
  it('reads every variable', () => {
    expect(readEnvironment(VARIABLES)).toEqual({
      config: aConfig(),
      tableName: 'the-table',
      deadLetterUrl: 'https://q/dead-letters',
      parkedUrl: 'https://q/parked',
    });
  });

  it.each(Object.keys(VARIABLES))('refuses an environment without %s', (name) => {
    expect(faultsOf(() => readEnvironment({ ...VARIABLES, [name]: undefined }))).toEqual([
      `${name}: missing; the stack sets it on the function`,
    ]);
  });
});
