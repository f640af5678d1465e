import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OPERATION } from '../every-door-stack.js';
import type { Door } from './door.js';

const run = promisify(execFile);

/** `aws stepfunctions start-execution`, one process for each call. */
export function commandLine(stateMachineArn: string, variables: Readonly<Record<string, string>>): Door {
  return {
    name: 'aws command line',
    ask: async (orders) => {
      const names: string[] = [];
      for (const { key, priority } of orders) {
        const input = { operation: OPERATION, priority, idempotencyKey: key, payload: { reference: key } };
        const { stdout } = await run(
          'aws',
          [
            ...['stepfunctions', 'start-execution', '--state-machine-arn', stateMachineArn, '--name', key],
            ...['--input', JSON.stringify(input), '--output', 'json'],
          ],
          { env: { ...process.env, ...variables } },
        );
        const { executionArn } = JSON.parse(stdout) as { readonly executionArn: string };
        names.push(executionArn.split(':').at(-1) ?? '');
      }
      return names;
    },
  };
}

/** Why there is no command line here; undefined where there is one. */
export async function whyNoCommandLine(): Promise<string | undefined> {
  try {
    await run('aws', ['--version']);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'there is no aws on the PATH' : `aws --version fails: ${String(error)}`;
  }
}
