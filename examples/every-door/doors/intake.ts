import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OPERATION } from '../every-door-stack.js';
import type { Door } from './door.js';

const run = promisify(execFile);

/** `curl -X POST $INTAKE/calls`, one process for each call. In AWS it signs: `--aws-sigv4 aws:amz:<region>:execute-api`. */
export function intakeByCurl(url: string): Door {
  return {
    name: 'curl on the intake',
    ask: async (orders) => {
      const names: string[] = [];
      for (const { key, priority } of orders) {
        const { stdout } = await run('curl', [
          ...['--silent', '--show-error', '--fail-with-body', '-X', 'POST', `${url}/calls`],
          ...['-H', 'content-type: application/json', '-H', `idempotency-key: ${key}`],
          ...['-d', JSON.stringify({ operation: OPERATION, priority, payload: { reference: key } })],
        ]);
        names.push((JSON.parse(stdout) as { readonly id: string }).id);
      }
      return names;
    },
  };
}

/** The same from Node, where there is no curl. */
export function intakeByFetch(url: string): Door {
  return {
    name: 'fetch on the intake',
    ask: async (orders) => {
      const names: string[] = [];
      for (const { key, priority } of orders) {
        const response = await fetch(`${url}/calls`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify({ operation: OPERATION, priority, payload: { reference: key } }),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`the intake answered ${response.status}: ${text}`);
        names.push((JSON.parse(text) as { readonly id: string }).id);
      }
      return names;
    },
  };
}

export async function hasCurl(): Promise<boolean> {
  return run('curl', ['--version']).then(
    () => true,
    () => false,
  );
}
