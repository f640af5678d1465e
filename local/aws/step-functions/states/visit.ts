import type { ResultFields, State } from '../asl/definition.js';
import {
  evaluateAs,
  evaluateTemplate,
  EvaluationError,
  type Bindings,
  type Template,
} from '../jsonata/template.js';
import type { Scope } from '../jsonata/scope.js';
import { toData, type Data, type Json } from '../json.js';
import { queryEvaluationError } from '../state-error.js';
import { timestampOf } from '../timestamp.js';
import type { Branch, MapItem } from './branch.js';
import type { Entry } from './checkpoint.js';
import type { Services } from './services.js';

/** How a state was left: the data for the next one, or for whoever waits where `next` is undefined. */
export interface Exit {
  readonly next: string | undefined;
  readonly output: Data;
  readonly assigned: Readonly<Record<string, Json>>;
}

/** What `$states` holds besides input and context, depending on the field. */
export type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'result'; readonly result: Json }
  | { readonly kind: 'error'; readonly errorOutput: Json };

export const noOutcome: Outcome = { kind: 'none' };

/** One entry into a state, until it is left: its expressions are evaluated here and see this visit's context. */
export class Visit {
  readonly state: State;
  readonly input: Data;
  readonly branch: Branch;
  readonly scope: Scope;
  readonly services: Services;
  taskToken: string | undefined;
  retryCount = 0;
  readonly #enteredMs: number;
  readonly #enteredEventId: number;
  #resumed: boolean;

  /** `resumed`: the entry that a redrive goes on with. AWS enters such a state no second time, except a Fail state. */
  constructor(state: State, input: Data, branch: Branch, scope: Scope, services: Services, resumed?: Entry) {
    this.state = state;
    this.input = input;
    this.branch = branch;
    this.scope = scope;
    this.services = services;
    this.#resumed = resumed !== undefined && state.type !== 'Fail';
    this.#enteredMs = resumed?.enteredMs ?? services.timers.nowMs();
    branch.openStateType = state.type;
    if (resumed !== undefined && this.#resumed) {
      this.#enteredEventId = branch.lastEventId = resumed.enteredEventId;
      return;
    }
    this.#enteredEventId = branch.record(
      `${state.type}StateEntered`,
      { name: state.name, input: input.text, inputDetails: { truncated: false } },
      branch.lastEventId === 1 ? 0 : branch.lastEventId, // AWS links the first state to no event
    );
    const [enteredMs, enteredEventId] = [this.#enteredMs, this.#enteredEventId];
    branch.checkpoint.enter({ name: state.name, input, variables: scope.own, enteredMs, enteredEventId });
  }

  /** Whether this attempt goes on with what is inside the state. True once at most: a retry runs all of it again. */
  resumes(): boolean {
    const resumed = this.#resumed;
    this.#resumed = false;
    return resumed;
  }

  async evaluate(template: Template, outcome: Outcome = noOutcome, mapItem?: MapItem): Promise<Json> {
    return this.#orFail(() => evaluateTemplate(template, this.#bindings(outcome, mapItem)));
  }

  async evaluateAs<T extends Json>(
    template: Template,
    expected: string,
    isExpected: (value: Json) => value is T,
  ): Promise<T> {
    return this.#orFail(() => evaluateAs(template, this.#bindings(noOutcome), expected, isExpected));
  }

  /** Leaves by these fields: Output and Assign both see the variables as they were on entry. */
  async exit(
    fields: ResultFields,
    outcome: Outcome,
    unlessOutput: Data,
    next: string | undefined,
  ): Promise<Exit> {
    const output = fields.output
      ? toData(await this.evaluate(fields.output, outcome), this.state.name)
      : unlessOutput;
    const assigned = fields.assign ? await this.evaluate(fields.assign, outcome) : {};
    toData(assigned, this.state.name); // the variables of one Assign have the same limit
    return { next, output, assigned: assigned as Readonly<Record<string, Json>> };
  }

  pause(delayMs: number): Promise<void> {
    return this.branch.wait((resolve) => {
      const timer = this.services.timers.after(delayMs, () => resolve(undefined));
      return () => timer.cancel();
    });
  }

  /** Records why this state's expressions failed, and throws it as a States.QueryEvaluationError. */
  failEvaluation(reason: string, location?: string): never {
    const cause = `An error occurred while executing the state '${this.state.name}' (entered at the event id #${this.#enteredEventId}). ${reason}`;
    const error = queryEvaluationError(cause);
    const place = location === undefined ? {} : { location };
    this.branch.record('EvaluationFailed', { ...error.details, ...place, state: this.state.name });
    throw error;
  }

  async #orFail<T>(evaluate: () => Promise<T>): Promise<T> {
    try {
      return await evaluate();
    } catch (error) {
      if (error instanceof EvaluationError) this.failEvaluation(error.message, error.location);
      throw error;
    }
  }

  #bindings(outcome: Outcome, mapItem: MapItem | undefined = this.branch.mapItem): Bindings {
    const { machine } = this.branch.execution.start;
    const context = {
      Execution: this.branch.execution.contextObject,
      StateMachine: { Id: machine.arn, Name: machine.name },
      State: {
        Name: this.state.name,
        EnteredTime: timestampOf(this.#enteredMs),
        ...('retry' in this.state ? { RetryCount: this.retryCount } : {}),
      },
      ...(this.taskToken === undefined ? {} : { Task: { Token: this.taskToken } }),
      ...(mapItem ? { Map: { Item: { Index: mapItem.index, Value: mapItem.value } } } : {}),
    };
    return {
      ...this.scope.variables,
      states: {
        input: this.input.value,
        context,
        ...(outcome.kind === 'result' ? { result: outcome.result } : {}),
        ...(outcome.kind === 'error' ? { errorOutput: outcome.errorOutput } : {}),
      },
    };
  }
}
