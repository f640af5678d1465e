import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';

describe('rlo when whoever reads its output closes the pipe', () => {
  let stack: LocalStack;

  beforeAll(async () => {
    stack = await startLocalStack();
  }, 60_000);

  afterAll(() => stack.stop());

  it.each([
    ['watch', '--local', '--json', '--every', '500ms'],
    ['plan', '--json'],
    ['simulate', '--seed', '1', '--workload', 'batch-only', '--minutes', '1'],
  ])(
    'ends %s quietly, as shells know it: 128 and SIGPIPE',
    async (...args) => {
      const env: NodeJS.ProcessEnv = { ...process.env, AWS_ENDPOINT_URL: stack.aws.endpoint };
      // Jest's own.
      delete env['NODE_OPTIONS'];
      const rlo = spawn(process.execPath, [join('cli', 'bin', 'rlo.mjs'), ...args], { env });
      let errors = '';
      rlo.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      rlo.stdout.destroy();

      const [code] = (await once(rlo, 'close')) as [number | null];

      expect([code, errors]).toEqual([141, '']);
    },
    30_000,
  );
});
