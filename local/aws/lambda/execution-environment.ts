import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EnvironmentMessage, InvokeMessage } from './protocol.js';

export type InvocationEnd =
  | { readonly kind: 'returned'; readonly value?: unknown }
  | { readonly kind: 'failed'; readonly reason: string }
  /** The process ended, by itself or because it was killed. */
  | { readonly kind: 'crashed'; readonly reason: string }
  | { readonly kind: 'timedOut' };

export interface EnvironmentOptions {
  readonly hostFile: string;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly onLog: (line: string) => void;
}

/** One process that runs one invocation at a time, as Lambda's execution environments do. */
export class ExecutionEnvironment {
  readonly #process: ChildProcess;
  readonly #ready: Promise<string | undefined>;
  readonly #exited: Promise<void>;
  #end: ((end: InvocationEnd) => void) | undefined;
  #gone = false;

  constructor({ hostFile, memoryMb, variables, onLog }: EnvironmentOptions) {
    this.#process = fork(hostFile, {
      env: { ...variables },
      execArgv: [`--max-old-space-size=${memoryMb}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', onLog);
    }
    this.#process.on('message', (message: EnvironmentMessage) => this.#hear(message));
    this.#exited = this.#exit().then((reason) => {
      this.#gone = true;
      this.#finish({ kind: 'crashed', reason });
    });
    this.#ready = new Promise((resolve) => {
      this.#process.once('message', (message: EnvironmentMessage) => {
        resolve(message.kind === 'initFailed' ? message.reason : undefined);
      });
      void this.#exited.then(() => resolve('the process ended while it started'));
    });
  }

  /** Whether it may be used again: crashed and timed-out environments are not. */
  get usable(): boolean {
    return !this.#gone;
  }

  async invoke(message: InvokeMessage): Promise<InvocationEnd> {
    const failure = await this.#ready;
    if (failure !== undefined || this.#gone) {
      void this.kill();
      return { kind: 'crashed', reason: failure ?? 'the process ended before its invocation began' };
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        void this.kill();
        this.#finish({ kind: 'timedOut' });
      }, message.timeoutMs);
      this.#end = (end) => {
        clearTimeout(timer);
        resolve(end);
      };
      this.#process.send(message);
    });
  }

  /** Ends the process at once, wherever it is; resolves when it is gone. */
  kill(): Promise<void> {
    this.#gone = true;
    this.#process.kill('SIGKILL');
    return this.#exited;
  }

  /** Resolves with the reason when the process is gone, or never came to be. */
  #exit(): Promise<string> {
    return new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`);
      });
      // Also emitted when it dies while a message is on its way to it; then its exit tells the rest.
      this.#process.on('error', (error) => {
        if (this.#process.pid === undefined) resolve(`the process could not be started: ${error.message}`);
      });
    });
  }

  #hear(message: EnvironmentMessage): void {
    if (message.kind === 'returned') this.#finish({ kind: 'returned', value: message.value });
    if (message.kind === 'failed') this.#finish({ kind: 'failed', reason: message.reason });
  }

  #finish(end: InvocationEnd): void {
    const finish = this.#end;
    this.#end = undefined;
    finish?.(end);
  }
}
