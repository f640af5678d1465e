import { readEnvironment } from '../../../lambdas/events/environment.js';
import { aConfig, aConfigInput } from '../../support/a-config.js';
import { faultsOf } from '../../support/faults-of.js';

const VARIABLES = {
  ORCHESTRATOR_CONFIG: JSON.stringify(aConfigInput({ events: {} })),
  STATE_MACHINE_ARN: 'arn:call',
};

describe('readEnvironment of the function for events', () => {
  it('reads every variable', () => {
    expect(readEnvironment(VARIABLES)).toEqual({
      config: aConfig({ events: {} }),
      stateMachineArn: 'arn:call',
    });
  });

  it.each(Object.keys(VARIABLES))('refuses an environment without %s', (name) => {
    expect(faultsOf(() => readEnvironment({ ...VARIABLES, [name]: undefined }))).toEqual([
      `${name}: missing; the stack sets it on the function`,
    ]);
  });
});
