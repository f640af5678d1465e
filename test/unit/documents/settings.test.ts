import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operationSchema } from '../../../lambdas/core/config/operation-config.js';
import { orchestratorConfigSchema } from '../../../lambdas/core/config/orchestrator-config.js';

const documented = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'configuration.md'),
  'utf8',
)
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
