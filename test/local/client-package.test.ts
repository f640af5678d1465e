import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type LocalStack, startLocalStack } from './support/local-stack.js';
import { type Scratch, scratch } from './support/scratch.js';

const run = promisify(execFile);

const NAME = 'rate-limited-orchestrator';

/** All that the client may need from others; what these need themselves, they bring along. */
const DEPENDENCIES = ['@aws-sdk/client-sfn', 'p-queue', 'valibot'];

const TSCONFIG = {
  compilerOptions: {
    ...{ target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', strict: true, skipLibCheck: true },
    ...{ types: ['node'], typeRoots: [resolve('node_modules/@types')], outDir: 'out' },
  },
  files: ['story.ts'],
};

/** The code of a page: its TypeScript blocks, one after the other. */
function codeOf(page: string): string {
  return [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code).join('\n');
}

/** Installs what `npm pack` makes as npm would, without a registry. */
async function install(project: string): Promise<void> {
  await run('npm', ['pack', '--pack-destination', project]);
  const modules = join(project, 'node_modules');
  await mkdir(join(modules, NAME), { recursive: true });
  const archive = (await readdir(project)).find((file) => file.endsWith('.tgz'));
  const unpack = ['xzf', join(project, archive ?? ''), '--strip-components=1', '-C', join(modules, NAME)];
  await run('tar', unpack);
  for (const dependency of DEPENDENCIES) {
    const link = join(modules, dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(resolve('node_modules', dependency), link);
  }
}

describe('docs/client.md, in a project that has installed the package', () => {
  let stack: LocalStack;
  let project: Scratch;
  let printed: readonly string[];

  beforeAll(async () => {
    project = await scratch();
    const { directory } = project;
    await install(directory);
    await writeFile(project.file('package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(project.file('tsconfig.json'), JSON.stringify(TSCONFIG));
    await writeFile(project.file('story.ts'), codeOf(await readFile('docs/client.md', 'utf8')));
    await run(resolve('node_modules/.bin/tsc'), ['-p', directory]).catch((error: unknown) => {
      throw new Error((error as { readonly stdout: string }).stdout);
    });
    stack = await startLocalStack();
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      STATE_MACHINE_ARN: stack.stateMachineArn,
      AWS_ENDPOINT_URL: stack.aws.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    // Jest's own.
    delete env['NODE_OPTIONS'];
    const { stdout } = await run(process.execPath, ['out/story.js'], { cwd: directory, env });
    printed = stdout.trimEnd().split('\n');
  }, 180_000);

  afterAll(async () => {
    await stack.stop();
    await project.remove();
  });

  it('runs as it stands', () => {
    expect(printed).toEqual([
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
  });

  it('makes the call that must not be done twice once', () => {
    const charges = stack.calls.filter(({ call }) => call.idempotencyKey === 'invoice-7');

    expect(charges).toHaveLength(1);
  });
});
