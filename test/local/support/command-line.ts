import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { runningInGroup } from './processes.js';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * `npm start` and `npm run local` as users run them, in a process group of their own. Without the command line of tsx,
 * which kills a process that has not confirmed a Ctrl-C within 60 ms, as happens on a busy machine.
 */
export class CommandLine {
  readonly #process: ChildProcess;
  readonly #groupId: number;
  #output = '';
  #errors = '';
  readonly ended: Promise<Ended>;

  constructor(command: 'start' | 'local', args: readonly string[], variables: Record<string, string> = {}) {
    const env = { ...process.env, ...variables };
    // Jest's own.
    delete env['NODE_OPTIONS'];
    this.#process = spawn(
      process.execPath,
      ['--import', 'tsx', join('local', 'bin', 'run-local.ts'), command, ...args],
      { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env },
    );
    this.#groupId = this.#process.pid ?? 0;
    this.#process.stdout?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    this.#process.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.ended = once(this.#process, 'close').then(([code]) => ({
      code: code as number | null,
      output: this.#output,
      errors: this.#errors,
    }));
  }

  /** Waits until it has printed this, and returns the match. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    await eventually(() => pattern.test(this.#output), 20_000);
    return pattern.exec(this.#output) ?? fail(pattern);
  }

  /** As `head` does once it has its lines. */
  stopReading(): void {
    this.#process.stdout?.destroy();
  }

  /** As Ctrl-C does under npm: the terminal tells everything that runs in it, and npm passes it on once more. */
  interrupt(): void {
    process.kill(-this.#groupId, 'SIGINT');
    setTimeout(() => this.#process.kill('SIGINT'), 5);
  }

  /** What it started and what still runs. */
  leftRunning(): readonly string[] {
    return runningInGroup(this.#groupId);
  }

  /** For `afterAll`: ends whatever a failed test has left. */
  kill(): void {
    if (this.leftRunning().length > 0) process.kill(-this.#groupId, 'SIGKILL');
  }
}

/** Runs the command to its end. */
export async function runToEnd(...args: ConstructorParameters<typeof CommandLine>): Promise<Ended> {
  return new CommandLine(...args).ended;
}

function fail(pattern: RegExp): never {
  throw new Error(`it never printed ${String(pattern)}`);
}
