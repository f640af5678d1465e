import { readdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { aLegacyApi } from '../../infra/support/a-legacy-api.js';
import { blocksOf } from '../../support/documents.js';
import { type ProjectWithPackage, projectWithPackage } from '../support/installed-package.js';

/** The README's call in a state machine of one's own: its imports, and what stands in a constructor. */
const [snippet = ''] = blocksOf('README.md', 'ts').flatMap(({ text }) =>
  text.includes('new RateLimitedOrchestrator(') ? [text] : [],
);
const [, imports = '', body = ''] = /^((?:import [^\n]*\n)+)(.*)$/s.exec(snippet) ?? [];

const APP = `import { App, Stack } from 'aws-cdk-lib';
${imports}
const config: RateLimitedOrchestratorProps['config'] = ${JSON.stringify(aLegacyApi())};

class Team extends Stack {
  constructor(app: App) {
    super(app, 'Team');
    ${body}
  }
}

const app = new App({ outdir: 'cdk.out', builtinCloudFormationValidation: false });
new Team(app);
app.synth();
`.replace(
  'import { RateLimitedOrchestrator }',
  'import { RateLimitedOrchestrator, type RateLimitedOrchestratorProps }',
);

const TSCONFIG = {
  compilerOptions: {
    ...{ target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', strict: true, skipLibCheck: true },
    ...{ types: ['node'], typeRoots: [resolve('node_modules/@types')], noEmit: true },
  },
  files: ['app.ts'],
};

describe('the construct in a project that has installed the package', () => {
  let project: ProjectWithPackage;

  beforeAll(async () => {
    project = await projectWithPackage();
    await writeFile(project.file('app.ts'), APP);
    await writeFile(project.file('tsconfig.json'), JSON.stringify(TSCONFIG));
    // As `cdk` would: the loader comes along with the package.
    await project.run(process.execPath, ['--import', 'tsx', 'app.ts']);
  }, 180_000);

  afterAll(() => project.remove());

  it('is synthesized with the call of the README', async () => {
    const template = await readFile(project.file('cdk.out/Team.template.json'), 'utf8');

    const { Resources } = JSON.parse(template) as {
      readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
    };
    const machines = Object.values(Resources).filter(
      ({ Type }) => Type === 'AWS::StepFunctions::StateMachine',
    );
    expect(machines).toHaveLength(2);
  });

  it('bundles its functions', async () => {
    const assets = (await readdir(project.file('cdk.out'))).filter((name) => name.startsWith('asset.'));

    const bundles = await Promise.all(
      assets.map((asset) => readFile(project.file(`cdk.out/${asset}/index.js`), 'utf8').catch(() => '')),
    );
    // The worker, and the function of the dead letters.
    expect(bundles.filter((text) => text.length > 100_000)).toHaveLength(2);
  });

  it('has types for whoever compiles with them', async () => {
    await expect(project.run(resolve('node_modules/.bin/tsc'), [])).resolves.toBe('');
  }, 120_000);
});
