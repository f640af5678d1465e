import type { Priority } from '../lambdas/core/contracts/priority.js';

/** What one operation takes as its payload, and what its execution returns. */
export interface OperationTypes {
  readonly input: unknown;
  readonly output: unknown;
}

/** Any operation, with any payload and result. */
export type AnyOperations = Readonly<Record<string, OperationTypes>>;

/** The operations of a client, by name: an object type or an interface. */
export type OperationsOf<Operations> = { readonly [Name in keyof Operations]: OperationTypes };

export type NameOf<Operations> = keyof Operations & string;

/** The payload may be left out exactly where its type takes `undefined`. */
type Payload<Input> = undefined extends Input ? { readonly payload?: Input } : { readonly payload: Input };

/** One call to the legacy API: the input of an execution. */
export type Call<
  Operations extends OperationsOf<Operations> = AnyOperations,
  Name extends NameOf<Operations> = NameOf<Operations>,
> = Payload<Operations[Name]['input']> & {
  /** One of the configured operations. */
  readonly operation: Name;
  /** @default NORMAL */
  readonly priority?: Priority;
  /**
   * Names the call to the legacy API, in 1 to 256 visible ASCII characters, and with it the execution: the same key
   * starts nothing twice, and the priority and times of the first start stand. Required where the operation's effect is `once`.
   *
   * @default - none: every start is an execution of its own
   */
  readonly idempotencyKey?: string;
  /** The call is not made after it: a Date, or ISO 8601 with its offset. */
  readonly deadline?: Date | string;
  /** The call waits in its execution until then, at most 350 days: a Date, or ISO 8601 with its offset. */
  readonly notBefore?: Date | string;
  /** For whom, in 1 to 128 characters. */
  readonly tenant?: string;
  /**
   * In 1 to 128 characters, where the orchestrator is configured with `"ordering": "perKey"`: calls of one class with
   * the same one start in the order in which their messages reached the queue, each once the one before has ended.
   * Step Functions sends a message a moment after the start; of two starts closer than that, either may be the first.
   */
  readonly orderingKey?: string;
  /**
   * Name of the execution, in 1 to 80 characters A-Z, a-z, 0-9, - and _. For a call whose first execution failed and
   * which is to be made again under the same key: Step Functions takes a name only once in 90 days.
   *
   * @default - derived from operation and idempotencyKey; without a key a random one
   */
  readonly executionName?: string;
};

/** An execution that makes one call. */
export interface StartedCall<Name extends string = string> {
  readonly operation: Name;
  readonly executionArn: string;
  /**
   * True where an execution for this key had ended before, and was found instead of started. One that still runs is
   * found too, but Step Functions does not tell it from a new one.
   */
  readonly alreadyEnded: boolean;
}

/** A call by its operation and key. */
export interface KeyedCall<Name extends string = string> {
  readonly operation: Name;
  readonly idempotencyKey: string;
}

/** Whatever tells which execution is meant: what `start` returned, operation and key, or an ARN. */
export type CallReference = StartedCall | KeyedCall | string;
