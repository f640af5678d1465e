import { chosenApi } from '../../../local/cli/chosen-api.js';
import { aConfigInput } from '../../support/a-config.js';
import { faultsOf } from '../../support/faults-of.js';

const once = { path: '/x', effect: 'once', timeoutMs: 1_000 } as const;
const idempotent = { ...once, effect: 'idempotent' } as const;

const orchestrators = [
  aConfigInput({ name: 'mail' }),
  aConfigInput({ name: 'erp', operations: { pay: once, find: idempotent } }),
];

describe('chosenApi', () => {
  it('finds the orchestrator that is called so, to stand alone', () => {
    const { config, context } = chosenApi('erp', orchestrators);

    expect(config.name).toBe('erp');
    expect(context.orchestrators).toEqual([config]);
  });

  it('refuses a name that nobody has with those that there are', () => {
    expect(faultsOf(() => chosenApi('crm', orchestrators))).toEqual([
      'crm: cdk.json has no such orchestrator; expected one of mail, erp',
    ]);
  });
});
