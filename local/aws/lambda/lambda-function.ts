import { randomUUID } from 'node:crypto';
import { ExecutionEnvironment, type InvocationEnd } from './execution-environment.js';

export interface LambdaFunctionOptions {
  readonly name: string;
  /** The unpacked asset. */
  readonly codeDirectory: string;
  /** `file.export`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly reservedConcurrency: number | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly hostFile: string;
  readonly onLog: (line: string) => void;
}

export type InvokeResult = InvocationEnd | { readonly kind: 'throttled' };

/** An account's default: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ACCOUNT_CONCURRENCY = 1_000;

/**
 * A function as Lambda runs it: never more invocations at once than its reserved concurrency (the next one is
 * throttled), warm environments reused, a timeout or a crash costing the environment.
 */
export class LambdaFunction {
  readonly #options: LambdaFunctionOptions;
  readonly #idle: ExecutionEnvironment[] = [];
  /** Each environment that runs an invocation, and that invocation's request id. */
  readonly #busy = new Map<ExecutionEnvironment, string>();
  #stopped = false;
  #invocations = 0;
  #throttles = 0;

  constructor(options: LambdaFunctionOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Its environment as it was declared; what Lambda itself sets has names that begin with `AWS_`. */
  get variables(): Readonly<Record<string, string>> {
    const declared = Object.entries(this.#options.variables).filter(([name]) => !name.startsWith('AWS_'));
    return Object.fromEntries(declared);
  }

  figures() {
    return { invocations: this.#invocations, throttles: this.#throttles, running: this.#busy.size };
  }

  /** Request ids of the invocations that run now, the longest running first. */
  running(): readonly string[] {
    return [...this.#busy.values()];
  }

  async invoke(event: unknown): Promise<InvokeResult> {
    const {
      name,
      timeoutSeconds,
      memoryMb,
      reservedConcurrency = ACCOUNT_CONCURRENCY,
      onLog,
    } = this.#options;
    if (this.#stopped || this.#busy.size >= reservedConcurrency) {
      this.#throttles += 1;
      return { kind: 'throttled' };
    }
    this.#invocations += 1;
    const environment = this.#warmEnvironment() ?? this.#newEnvironment();
    const requestId = randomUUID();
    this.#busy.set(environment, requestId);
    const timeoutMs = timeoutSeconds * 1_000;
    const end = await environment.invoke({
      kind: 'invoke',
      requestId,
      functionName: name,
      memoryMb,
      timeoutMs,
      event,
    });
    this.#busy.delete(environment);
    if (environment.usable) this.#idle.push(environment);
    if (end.kind !== 'returned' && !this.#isStopped())
      onLog(`${name}: invocation ${requestId} ${explain(end)}`);
    return end;
  }

  /** Kills the process of a running invocation, as a crash would; false when none is running. */
  killOne(): boolean {
    const [environment] = this.#busy.keys();
    void environment?.kill();
    return environment !== undefined;
  }

  /** Ends every environment, busy or not; resolves when their processes are gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((environment) => environment.kill()));
  }

  /** The environment used last, unless its process has died since. */
  #warmEnvironment(): ExecutionEnvironment | undefined {
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (last.usable) return last;
    }
    return undefined;
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  #newEnvironment(): ExecutionEnvironment {
    const { hostFile, memoryMb, variables, onLog, codeDirectory, handler, name } = this.#options;
    const runtime = { LAMBDA_TASK_ROOT: codeDirectory, _HANDLER: handler, AWS_LAMBDA_FUNCTION_NAME: name };
    const standard = {
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      TZ: ':UTC',
      // Not Lambda's: its requests carry it, so that whoever watches them can tell one environment from another.
      AWS_SDK_UA_APP_ID: randomUUID(),
    };
    const environment = { ...standard, ...variables, ...runtime };
    return new ExecutionEnvironment({ hostFile, memoryMb, variables: environment, onLog });
  }
}

function explain(end: InvocationEnd): string {
  switch (end.kind) {
    case 'returned':
      return 'returned';
    case 'timedOut':
      return 'timed out';
    case 'failed':
      return `failed: ${end.reason}`;
    case 'crashed':
      return `crashed: ${end.reason}`;
  }
}
