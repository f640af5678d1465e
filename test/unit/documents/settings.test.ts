import { operationSchema } from '../../../lambdas/core/config/operation-config.js';
import {
  type OrchestratorConfigInput,
  orchestratorConfigSchema,
} from '../../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../../lambdas/core/config/parse-config.js';
import { aConfig, aConfigInput } from '../../support/a-config.js';
import { blocksOf, pageOf } from '../../support/documents.js';
import { faultsOf } from '../../support/faults-of.js';

const documented = pageOf('docs/configuration.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|')[1] ?? '')
  .join();

describe('docs/configuration.md', () => {
  it.each(Object.keys(orchestratorConfigSchema.entries))('tells of %s', (name) => {
    expect(documented).toMatch(new RegExp(`\`${name}(\\.[^\`]*)?\``));
  });

  it.each(Object.keys(operationSchema.entries))('tells of %s in an operation', (name) => {
    expect(documented).toMatch(new RegExp(`\`(operations\\.\\*\\.)?${name}\``));
  });
});

describe('the maintenance windows of the README', () => {
  it('are accepted as they stand there, and need a longer task timeout, as it says', () => {
    const [example] = blocksOf('README.md', 'json config').filter(({ text }) => text.includes('maintenance'));
    const { maintenance, ...more } = JSON.parse(example?.text ?? '') as Partial<OrchestratorConfigInput>;
    const alone = { ...aConfigInput(), ...(maintenance === undefined ? {} : { maintenance }) };

    expect(aConfig({ ...alone, ...more }).maintenance).toEqual(maintenance);
    expect(faultsOf(() => parseConfig(alone))[0]).toContain('a maintenance window of 5400 s');
  });
});
