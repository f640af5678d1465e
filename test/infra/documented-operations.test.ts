import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptConfig } from '../../infra/worker-environment.js';
import type { OrchestratorConfigInput } from '../../lambdas/core/config/orchestrator-config.js';
import { aLegacyApi } from './support/a-legacy-api.js';

const GUIDE = readFileSync(join(import.meta.dirname, '../../docs/adapters.md'), 'utf8');

const EXAMPLES = [...GUIDE.matchAll(/```json\n(.*?)```/gs)].map(
  ([, json = '']) => JSON.parse(json) as Example,
);

type Example = NonNullable<Parameters<typeof aLegacyApi>[0]>['operations'] & object;

const SETTINGS = [...GUIDE.matchAll(/```json config\n(.*?)```/gs)].map(
  ([, json = '']) => JSON.parse(json) as Partial<OrchestratorConfigInput>,
);

describe('docs/adapters.md', () => {
  it.each(SETTINGS.map((settings) => [Object.keys(settings).join(', '), settings] as const))(
    'shows settings that are accepted: %s',
    (_name, settings) => {
      expect(acceptConfig(aLegacyApi(settings), 'example')).toMatchObject(settings);
    },
  );

  it.each(EXAMPLES.map((example) => [Object.keys(example).join(', '), example] as const))(
    'shows an operation that is accepted: %s',
    (_name, operations) => {
      expect(acceptConfig(aLegacyApi({ operations }), 'example').operations).toMatchObject(operations);
    },
  );

  it('shows some', () => {
    expect([EXAMPLES.length, SETTINGS.length]).toEqual([4, 2]);
  });
});
