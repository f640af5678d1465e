// Goal: what a page shows of a configuration is accepted as it stands.
import { acceptConfig } from '../../../infra/worker-environment.js';
import type { OrchestratorConfigInput } from '../../../lambdas/core/config/orchestrator-config.js';
import { blocksOf, PAGES } from '../../support/documents.js';
import { aLegacyApi } from '../support/a-legacy-api.js';

type Operations = NonNullable<OrchestratorConfigInput['operations']>;

/** The blocks of the pages in this language, each with where it stands and what it is about. */
function examples(language: string): readonly (readonly [name: string, value: object])[] {
  return PAGES.flatMap((page) =>
    blocksOf(page, language).map(({ text }) => {
      const value = JSON.parse(text) as object;
      return [`${page}: ${Object.keys(value).join(', ')}`, value] as const;
    }),
  );
}

/** No operation of the pages waits longer, as none may. */
const SERVICE_TIME_MAX_MS = 30_000;

describe('the pages', () => {
  it.each(examples('json config'))('show a configuration that is accepted: %s', (_name, settings) => {
    expect(acceptConfig(aLegacyApi(settings), 'example')).toMatchObject(settings);
  });

  it.each(examples('json operations'))('show an operation that is accepted: %s', (_name, example) => {
    const operations = example as Operations;
    const config = aLegacyApi({ operations, serviceTimeMaxMs: SERVICE_TIME_MAX_MS });

    expect(acceptConfig(config, 'example').operations).toMatchObject(operations);
  });
});
