import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type PQueue from 'p-queue';
import { PROMPT_CLIENT } from '../lambdas/adapters/aws-clients.js';
import { acceptCall, isSameCall, type KnownOperations } from './call-input.js';
import { type CallStatus, callStatusOf } from './call-status.js';
import type {
  AnyOperations,
  Call,
  CallReference,
  KeyedCall,
  NameOf,
  OperationsOf,
  StartedCall,
} from './calls.js';
import { executionArn } from '../lambdas/core/contracts/execution-name.js';
import { CallConflictError, CallNotFoundError, CANCELLED, WaitTimeoutError } from './errors.js';
import { pollDelayMs } from './polling.js';
import { DESCRIBES_PER_SECOND_MAX, requestQueue, STARTS_PER_SECOND_MAX } from './quotas.js';
import { executionArnOf, regionOf } from './references.js';
import { startEach, type StartManyOptions, type StartResult } from './start-many.js';

export interface OrchestratorClientSettings {
  /** Of the orchestrator's state machine, or of one of your own that takes the same input. */
  readonly stateMachineArn: string;
  /**
   * The operations as they are configured, so that an unknown one and a missing idempotencyKey are found before any
   * request. @default - found by the state machine, which then fails with `Orchestrator.InvalidRequest`
   */
  readonly operations?: KnownOperations;
  /**
   * Its retries should repeat what was throttled; every start has a name, so a repeat is harmless.
   *
   * @default - a client for the state machine's Region: the SDK's chain of credentials, `AWS_ENDPOINT_URL`, adaptive
   * retries
   */
  readonly sfn?: SFNClient;
  /** Of StartExecution, from this client. @default 100 */
  readonly startsPerSecondMax?: number;
  /** Of DescribeExecution, from this client: waits take turns. @default 5 */
  readonly describesPerSecondMax?: number;
}

export interface Abortable {
  /** Ends the request or the wait, which throws the signal's reason. What was started goes on. */
  readonly signal?: AbortSignal | undefined;
}

export interface WaitOptions extends Abortable {
  /** In milliseconds; a WaitTimeoutError after it. @default - for ever: the execution has timeouts of its own */
  readonly timeoutMs?: number;
}

/** Above what the SDK does by itself (3): throttling passes, and a named start may be repeated. */
const ATTEMPTS_MAX = 8;

/**
 * Starts calls to a rate-limited API and waits for their results, within the quotas of Step Functions.
 *
 * Repeating a start is safe: every execution has a name, which is derived from operation and idempotency key where
 * there is a key, so the same call is started once and found afterwards, whichever process asks.
 *
 * What AWS refuses is thrown as the SDK throws it; everything else is an OrchestratorClientError.
 */
export class OrchestratorClient<Operations extends OperationsOf<Operations> = AnyOperations> {
  readonly #sfn: SFNClient;
  readonly #stateMachineArn: string;
  readonly #operations: KnownOperations | undefined;
  readonly #starts: PQueue;
  readonly #describes: PQueue;

  constructor(settings: OrchestratorClientSettings) {
    const { stateMachineArn, operations, sfn = sfnFor(stateMachineArn) } = settings;
    this.#stateMachineArn = stateMachineArn;
    this.#operations = operations;
    this.#sfn = sfn;
    this.#starts = requestQueue(settings.startsPerSecondMax ?? STARTS_PER_SECOND_MAX);
    this.#describes = requestQueue(settings.describesPerSecondMax ?? DESCRIBES_PER_SECOND_MAX);
  }

  /**
   * Starts the call's execution, or finds the one that its key had started before.
   *
   * Throws InvalidCallError with every fault before any request, and CallConflictError where another call has the key.
   */
  async start<Name extends NameOf<Operations>>(
    call: Call<Operations, Name>,
    { signal }: Abortable = {},
  ): Promise<StartedCall<Name>> {
    const { name = randomUUID(), input } = acceptCall(call, this.#operations, Date.now());
    const request = { stateMachineArn: this.#stateMachineArn, name, input };
    const started = { operation: call.operation, executionArn: executionArn(this.#stateMachineArn, name) };
    try {
      await this.#starts.add(() => this.#sfn.send(new StartExecutionCommand(request), abortedBy(signal)), {
        signal,
      });
      return { ...started, alreadyEnded: false };
    } catch (error) {
      signal?.throwIfAborted();
      if (!isNamed(error, 'ExecutionAlreadyExists')) throw error;
      const existing = await this.#describe(started.executionArn, { signal });
      if (!isSameCall(existing.input, input))
        throw new CallConflictError(started.executionArn, { cause: error });
      return { ...started, alreadyEnded: existing.status !== 'RUNNING' };
    }
  }

  /**
   * Starts every call, each for itself: one that is refused keeps no other from starting.
   *
   * @returns a result for each call, in their order; it throws only when the signal is aborted or `calls` throws
   */
  startMany(
    calls: Iterable<Call<Operations>> | AsyncIterable<Call<Operations>>,
    options: StartManyOptions = {},
  ): Promise<StartResult<NameOf<Operations>>[]> {
    return startEach(calls, (call) => this.start(call, options), options);
  }

  /**
   * Waits until the execution has ended, and returns the API's answer.
   *
   * Looks after 0.2 s, then ever more rarely, up to every 15 s. For thousands of executions let an EventBridge rule on
   * their status changes tell you instead: Step Functions describes only some ten a second.
   *
   * Throws CallFailedError, CallNotFoundError and WaitTimeoutError.
   */
  wait<Name extends NameOf<Operations>>(
    reference: StartedCall<Name> | KeyedCall<Name>,
    options?: WaitOptions,
  ): Promise<Operations[Name]['output']>;
  wait(executionArn: string, options?: WaitOptions): Promise<unknown>;
  async wait(reference: CallReference, { signal, timeoutMs }: WaitOptions = {}): Promise<unknown> {
    const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
    const signals = [signal, timeout].filter((one) => one !== undefined);
    const either = AbortSignal.any(signals);
    try {
      for (let looks = 0; ; looks += 1) {
        const status = await this.#status(reference, { signal: either });
        if (status.kind === 'succeeded') return status.output;
        if (status.kind === 'failed') throw status.failure;
        await sleep(pollDelayMs(looks, Math.random()), undefined, { signal: either });
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (timeout?.aborted !== true || timeoutMs === undefined) throw error;
      throw new WaitTimeoutError(executionArnOf(reference, this.#stateMachineArn), timeoutMs);
    }
  }

  /** Starts the call and waits for its result; of a call that had ended before, the result is there at once. */
  async startAndWait<Name extends NameOf<Operations>>(
    call: Call<Operations, Name>,
    options: WaitOptions = {},
  ): Promise<Operations[Name]['output']> {
    return this.wait(await this.start(call, options), options);
  }

  /** Where the call stands now. Throws CallNotFoundError. */
  status<Name extends NameOf<Operations>>(
    reference: StartedCall<Name> | KeyedCall<Name>,
    options?: Abortable,
  ): Promise<CallStatus<Operations[Name]['output']>>;
  status(executionArn: string, options?: Abortable): Promise<CallStatus>;
  status(reference: CallReference, options: Abortable = {}): Promise<CallStatus> {
    return this.#status(reference, options);
  }

  /**
   * Stops the execution. A call that waits for its `notBefore` is not made, nor one that waits in its queue for longer
   * than the orchestrator's `livenessAfterMs` (5 s): a younger one may be, and one that is with the API ends there.
   *
   * @param reason kept as the execution's cause
   * @returns where the call stands after that: one that had ended before is as it was. Throws CallNotFoundError.
   */
  async cancel(reference: CallReference, reason = 'cancelled by the caller'): Promise<CallStatus> {
    const arn = executionArnOf(reference, this.#stateMachineArn);
    const request = { executionArn: arn, error: CANCELLED, cause: reason };
    await this.#sfn.send(new StopExecutionCommand(request)).catch((error: unknown) => notFound(arn, error));
    return this.#status(arn, {});
  }

  async #status(reference: CallReference, options: Abortable): Promise<CallStatus> {
    const arn = executionArnOf(reference, this.#stateMachineArn);
    return callStatusOf(await this.#describe(arn, options).catch((error: unknown) => notFound(arn, error)));
  }

  #describe(arn: string, { signal }: Abortable): Promise<DescribeExecutionCommandOutput> {
    const command = new DescribeExecutionCommand({ executionArn: arn });
    return this.#describes.add(() => this.#sfn.send(command, abortedBy(signal)), { signal });
  }
}

function sfnFor(stateMachineArn: string): SFNClient {
  return new SFNClient({
    ...PROMPT_CLIENT,
    region: regionOf(stateMachineArn),
    maxAttempts: ATTEMPTS_MAX,
    retryMode: 'adaptive',
  });
}

function abortedBy(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name;
}

function notFound(arn: string, error: unknown): never {
  if (!isNamed(error, 'ExecutionDoesNotExist')) throw error;
  throw new CallNotFoundError(arn, { cause: error });
}
