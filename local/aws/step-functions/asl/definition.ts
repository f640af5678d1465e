import type { Template } from '../jsonata/template.js';

/** A state machine that passed validation: every name resolves, every expression compiles. */
export interface Definition extends StateList {
  readonly timeoutSeconds: number | undefined;
}

/** The states of a machine, of a Parallel branch or of a Map's item processor. */
export interface StateList {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type State =
  PassState | TaskState | ChoiceState | WaitState | SucceedState | FailState | ParallelState | MapState;

export type StateType = State['type'];

/** What a state, a choice rule or a catcher does with its result; absent means the default of the state. */
export interface ResultFields {
  readonly output: Template | undefined;
  readonly assign: Template | undefined;
}

/** The state to go to, or undefined where the execution, branch or iteration ends. */
interface NextField {
  readonly next: string | undefined;
}

interface Named {
  readonly name: string;
}

interface ErrorHandling {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly attemptsMax: number;
  readonly backoffRate: number;
  readonly delayMaxSeconds: number | undefined;
  readonly jitter: 'FULL' | 'NONE';
}

export interface Catcher extends ResultFields {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

export interface PassState extends Named, ResultFields, NextField {
  readonly type: 'Pass';
}

export interface TaskState extends Named, ResultFields, NextField, ErrorHandling {
  readonly type: 'Task';
  readonly resource: TaskResource;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
}

/** A Resource taken apart: the integration's key, how its end is known, and the two names that history shows. */
export interface TaskResource {
  readonly integration: string;
  readonly pattern: 'requestResponse' | 'waitForTaskToken' | 'sync:2';
  readonly historyResource: string;
  readonly historyResourceType: string;
}

export interface ChoiceState extends Named, ResultFields {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly default: string | undefined;
}

export interface ChoiceRule extends ResultFields {
  readonly condition: Template;
  readonly next: string;
}

export interface WaitState extends Named, ResultFields, NextField {
  readonly type: 'Wait';
  readonly until: { readonly kind: 'seconds' | 'timestamp'; readonly template: Template };
}

export interface SucceedState extends Named, ResultFields {
  readonly type: 'Succeed';
}

export interface FailState extends Named {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export interface ParallelState extends Named, ResultFields, NextField, ErrorHandling {
  readonly type: 'Parallel';
  readonly arguments: Template | undefined;
  readonly branches: readonly StateList[];
}

export interface MapState extends Named, ResultFields, NextField, ErrorHandling {
  readonly type: 'Map';
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly concurrencyMax: Template | undefined;
  readonly itemProcessor: StateList;
  /** How the iterations run as executions of their own; absent where they run inside this one. */
  readonly distributed: DistributedMap | undefined;
}

export interface DistributedMap {
  /** Stands for the state in the ARNs of its runs and their executions. */
  readonly label: string;
  readonly itemReader: ItemReader | undefined;
  readonly resultWriter: ResultWriter | undefined;
  readonly toleratedFailureCount: Template | undefined;
  readonly toleratedFailurePercentage: Template | undefined;
}

/** Where the items are: one object in S3. */
export interface ItemReader {
  readonly inputType: 'JSON' | 'JSONL' | 'CSV';
  /** Of CSV; absent where the first row names the columns. */
  readonly csvHeaders: readonly string[] | undefined;
  readonly csvDelimiter: string;
  readonly arguments: Template;
}

/** Where the results go: objects in S3 under a prefix. */
export interface ResultWriter {
  readonly outputType: 'JSON' | 'JSONL';
  readonly arguments: Template;
}
