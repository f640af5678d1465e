import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Template } from 'aws-cdk-lib/assertions';
import { buildApp } from '../../infra/build-app.js';
import { ConfigError } from '../../lambdas/core/config/parse-config.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { anApp, stackOf, WITHOUT_BUNDLES } from './support/synthesized.js';

const PROJECT = join(import.meta.dirname, '../..');

function faultsOf(build: () => unknown): readonly string[] {
  try {
    build();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

/** Of a test that starts a process on a busy machine, in real milliseconds. */
const PATIENCE_MS = 60_000;

describe('a faulty configuration', () => {
  it('is refused with every fault of every orchestrator at once', () => {
    const faults = faultsOf(() =>
      anApp(
        aLegacyApi({ slots: 0, name: 'Legacy' }),
        aLegacyApi(),
        aLegacyApi({ name: 'mail', slots: 30 }),
        'not a configuration',
      ),
    );

    expect(faults).toEqual([
      expect.stringMatching(/^orchestrators\[0\]: name: expected a name of 2 to 40 characters/),
      expect.stringMatching(/^orchestrators\[0\]: slots: expected a whole number of slots/),
      expect.stringMatching(
        /^orchestrators\[2\]: limits\[0\]: 20 calls per 1000 ms would leave some of the 30 slots/,
      ),
      expect.stringMatching(/^orchestrators\[3\]: value: expected an object but got "not a configuration"/),
    ]);
  });

  it('is refused for a field that nobody knows', () => {
    const faults = faultsOf(() => anApp({ ...aLegacyApi(), slotz: 5 }));

    expect(faults).toEqual(['orchestrators[0]: slotz: unknown field; remove it or correct its name']);
  });

  it.each([undefined, [], {}, 'legacy-api'])(
    'is refused where there is no list of orchestrators: %j',
    (orchestrators) => {
      const faults = faultsOf(() => buildApp({ context: { ...WITHOUT_BUNDLES, orchestrators } }));

      expect(faults).toEqual([
        'orchestrators: expected a list with a configuration for each legacy API; add one to cdk.json',
      ]);
    },
  );

  it('is refused where two names are the same, or become the same in resource names', () => {
    const faults = faultsOf(() => anApp(aLegacyApi({ name: 'api-1' }), aLegacyApi({ name: 'api1' })));

    expect(faults).toEqual([
      'orchestrators: api1 names two of them, or differs by hyphens alone; rename one',
    ]);
  });

  it('is refused for mappings that do not parse and adapters that are not there, all at once', () => {
    const common = { effect: 'once', timeoutMs: 1_000 } as const;
    const operations = {
      a: { ...common, body: '{ "id": ', lookup: { path: '', result: 'a +' } },
      b: { ...common, result: '$foo(' },
      c: { ...common, adapter: 'nobody-wrote-it', lookup: { path: '', adapter: 'nor-this' } },
      d: { ...common, lookup: { path: '', executed: '(' } },
    };

    const faults = faultsOf(() => anApp(aLegacyApi({ operations })));

    expect(faults).toEqual([
      expect.stringMatching(/^orchestrators\[0\]: operations.a.body: expected a JSONata expression, but .+/),
      expect.stringMatching(
        /^orchestrators\[0\]: operations.a.lookup.result: expected a JSONata expression, but .+/,
      ),
      expect.stringMatching(
        /^orchestrators\[0\]: operations.b.result: expected a JSONata expression, but .+/,
      ),
      expect.stringMatching(
        /^orchestrators\[0\]: operations.d.lookup.executed: expected a JSONata expression, but .+/,
      ),
      'orchestrators[0]: operations.c.adapter: there is no lambdas/adapters/custom/nobody-wrote-it.ts; write it with: npx rlo new-adapter nobody-wrote-it',
      'orchestrators[0]: operations.c.lookup.adapter: there is no lambdas/adapters/custom/nor-this.ts; write it with: npx rlo new-adapter nor-this',
    ]);
  });

  it('is refused where it does not fit into Lambda’s environment', () => {
    const names = Array.from({ length: 30 }, (_, index) => `anOperationWithALongName${index}`);
    const operations = Object.fromEntries(
      names.map((name) => [name, { path: `/${name}`, effect: 'idempotent' as const, timeoutMs: 8_000 }]),
    );

    const faults = faultsOf(() => anApp(aLegacyApi({ operations })));

    expect(faults).toEqual([
      expect.stringMatching(
        /^orchestrators\[0\]: the configuration takes \d+ bytes as JSON without mappings, but .* leaves room for \d+;/,
      ),
    ]);
  });

  it('ends synthesis with sentences on stderr, exit code 1 and no stack trace', async () => {
    const context = { ...WITHOUT_BUNDLES, orchestrators: [aLegacyApi({ slots: 0 })] };
    const env = { ...process.env, NODE_OPTIONS: '', CDK_CONTEXT_JSON: JSON.stringify(context) };

    const failure = promisify(execFile)(process.execPath, ['--import', 'tsx', 'infra/bin/app.ts'], {
      cwd: PROJECT,
      env,
    });

    await expect(failure).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'the context has 1 fault:\n  - orchestrators[0]: slots: expected a whole number of slots from 1 to 900 but got 0\n',
    });
  });
});

describe('the app', () => {
  it('builds what cdk.json names', () => {
    const template = Template.fromStack(stackOf(buildApp({ context: WITHOUT_BUNDLES })));

    expect(Object.keys(template.findOutputs('*'))).toContain('LegacyApiStateMachineArn');
  });

  it(
    'lays overrides over every orchestrator before it checks them',
    () => {
      const overrides = { slots: 3, baseUrl: 'http://127.0.0.1:8080' };

      const template = Template.fromStack(stackOf(buildApp({ context: WITHOUT_BUNDLES, overrides })));

      template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 3 });
      expect(JSON.stringify(template.toJSON())).toContain('http://127.0.0.1:8080');
      expect(faultsOf(() => buildApp({ context: WITHOUT_BUNDLES, overrides: { slots: 0 } }))).toHaveLength(1);
    },
    PATIENCE_MS,
  );
});
