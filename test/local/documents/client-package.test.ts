import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { blocksOf } from '../../support/documents.js';
import { PACKAGE, type ProjectWithPackage, projectWithPackage } from '../support/installed-package.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';

/** All that the client may need from others; what these need themselves, they bring along. */
const DEPENDENCIES = ['@aws-sdk/client-sfn', 'p-queue', 'valibot'];

const TSCONFIG = {
  compilerOptions: {
    ...{ target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', strict: true, skipLibCheck: true },
    ...{ types: ['node'], typeRoots: [resolve('node_modules/@types')], outDir: 'out' },
  },
  files: ['story.ts', 'beginning.ts'],
};

/** The code of the client's page: its blocks, one after the other. */
const STORY = blocksOf('docs/client.md', 'ts').map(({ text }) => text);

/** The README's, between what it takes for granted and a look at what it got. */
const BEGINNING = [
  "const stateMachineArn = process.env['STATE_MACHINE_ARN'] ?? '';",
  ...blocksOf('README.md', 'ts').flatMap(({ text }) => (text.includes(`${PACKAGE}/client`) ? [text] : [])),
  'console.log(order);',
];

describe('the code of docs/client.md and of the README, in a project that has installed the package', () => {
  let stack: LocalStack;
  let project: ProjectWithPackage;
  let run: (script: string) => Promise<readonly string[]>;

  beforeAll(async () => {
    project = await projectWithPackage(DEPENDENCIES);
    await writeFile(project.file('tsconfig.json'), JSON.stringify(TSCONFIG));
    await writeFile(project.file('story.ts'), STORY.join('\n'));
    await writeFile(project.file('beginning.ts'), BEGINNING.join('\n'));
    await project.run(resolve('node_modules/.bin/tsc'), []).catch((error: unknown) => {
      throw new Error((error as { readonly stdout: string }).stdout);
    });
    stack = await startLocalStack();
    const env = {
      STATE_MACHINE_ARN: stack.stateMachineArn,
      AWS_ENDPOINT_URL: stack.aws.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    run = async (script) => {
      const stdout = await project.run(process.execPath, [`out/${script}.js`], env);
      return stdout.trimEnd().split('\n');
    };
  }, 180_000);

  afterAll(async () => {
    await stack.stop();
    await project.remove();
  });

  it('begins as the README says', async () => {
    expect((await run('beginning')).join(' ')).toContain("received: { reference: 'order-1' }");
  }, 60_000);

  it('runs as it stands', async () => {
    expect(await run('story')).toEqual([
      "ordered { reference: 'order-1' }",
      'one execution: true',
      'charged true',
      '1 started, 0 failed',
      '2 started, 0 failed',
      '3 started, 0 failed',
      'Orchestrator.InvalidRequest no true',
      'running',
      'Caller.Cancelled no longer wanted',
    ]);
  }, 60_000);

  it('makes the call that must not be done twice once', () => {
    const charges = stack.calls.filter(({ call }) => call.idempotencyKey === 'invoice-7');

    expect(charges).toHaveLength(1);
  });
});
