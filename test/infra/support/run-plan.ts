import { execFile } from 'node:child_process';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../../..');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `rlo plan <args>` prints, and its exit code. */
export function runPlan(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', 'infra/bin/plan.ts', ...args];
    execFile(process.execPath, command, { cwd: PROJECT }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** The example of the help and of the README. */
export const EXAMPLE = [
  ...['--limit', '100/60s', '--latency-p50', '300ms', '--latency-p99', '1500ms'],
  ...['--high', '0.2/s', '--normal', '0.5/s', '--batch', '20000/night'],
] as const;
