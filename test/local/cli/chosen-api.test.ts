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

  it('loads it by an operation that may be repeated', () => {
    expect(chosenApi('erp', orchestrators).operation).toBe('find');
  });

  it('takes its first operation where none may be repeated', () => {
    const [only] = [aConfigInput({ name: 'erp', operations: { pay: once } })];

    expect(chosenApi('erp', [only]).operation).toBe('pay');
  });

  it('refuses a name that nobody has with those that there are', () => {
    expect(faultsOf(() => chosenApi('crm', orchestrators))).toEqual([
      'crm: cdk.json has no such orchestrator; expected one of mail, erp',
    ]);
  });
});
