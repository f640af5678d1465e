import { parseDefinition } from './asl/parse-definition.js';
import { startExecutionResource } from './asl/parse-task.js';
import { ApiError } from './api/api-error.js';
import {
  describeExecution,
  findExecution,
  getExecutionHistory,
  listExecutions,
  readExecutionInput,
} from './api/executions-api.js';
import { describeMapRun, findMapRun, listMapRuns, updateMapRun } from './api/map-runs-api.js';
import { Parameters } from './api/parameters.js';
import { Redrives } from './api/redrive-api.js';
import { describeStateMachine, listStateMachines } from './api/state-machines-api.js';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './api/task-callbacks.js';
import { Arns, isName } from './arn.js';
import { Execution, type ExecutionStart } from './execution.js';
import { ExecutionEngine } from './execution-engine.js';
import { Executions } from './executions.js';
import { IntegrationError, type Integration } from './integration.js';
import type { Data } from './json.js';
import { Expressions } from './jsonata/expressions.js';
import { MapRuns } from './map-runs/map-runs.js';
import { noObjectStore, type ObjectStore } from './object-store.js';
import { newUuid, systemRandomness, type Randomness } from './randomness.js';
import type { StateMachine } from './state-machine.js';
import { nestedRequest } from './states/nested-execution.js';
import type { StatusChange } from './status-change.js';
import { TaskTokens } from './task-tokens.js';
import type { Timers } from './timers.js';

export interface StepFunctionsOptions {
  readonly region: string;
  readonly accountId: string;
  readonly timers: Timers;
  /** By resource without its suffix, e.g. `arn:aws:states:::sqs:sendMessage`; `states:startExecution` is built in. */
  readonly integrations: Readonly<Record<string, Integration>>;
  /** Where Distributed Maps find items and leave results. @default - none, so that they fail */
  readonly objects?: ObjectStore;
  /** Called synchronously at every change of an execution's status; must not throw. */
  readonly onStatusChange: (change: StatusChange) => void;
  /** @default - the system's */
  readonly randomness?: Randomness;
  /** Ended executions that are remembered. @default 100000 */
  readonly endedExecutionsMax?: number;
}

/** What AWS answers, ready for the wire; a refusal has status 400 and its code in `__type`. */
export interface Response {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Step Functions in memory: Standard workflows in the JSONata dialect, behind the AWS JSON 1.0 protocol.
 *
 * Every execution ends exactly once, every task token resumes at most one attempt, and what is not supported is refused by
 * name when the state machine is created. Remembers the last 100,000 executions that ended, with their histories.
 */
export class StepFunctions {
  readonly #options: StepFunctionsOptions;
  readonly #randomness: Randomness;
  readonly #arns: Arns;
  readonly #expressions: Expressions;
  readonly #tokens: TaskTokens;
  readonly #executions: Executions;
  readonly #mapRuns: MapRuns;
  readonly #engine: ExecutionEngine;
  readonly #redrives: Redrives;
  readonly #machines = new Map<string, StateMachine>();
  #started = 0;
  #stopped = false;

  constructor(options: StepFunctionsOptions) {
    const { region, accountId, timers, integrations, onStatusChange } = options;
    this.#options = options;
    this.#randomness = options.randomness ?? systemRandomness;
    this.#arns = new Arns(region, accountId);
    this.#expressions = new Expressions(timers, this.#randomness);
    this.#tokens = new TaskTokens(this.#randomness);
    this.#executions = new Executions(options.endedExecutionsMax);
    this.#mapRuns = new MapRuns({
      ...{ arns: this.#arns, randomness: this.#randomness, timers },
      startExecution: (start) => this.#run(start),
      redriveExecution: (execution) => this.#redrive(execution),
    });
    const services = {
      ...{ region, timers, randomness: this.#randomness, tokens: this.#tokens },
      integrations: new Map(Object.entries(integrations)),
      startNested: (args: unknown) => this.#startNested(args),
      mapRuns: this.#mapRuns,
      objects: options.objects ?? noObjectStore,
      stopNested: (execution: Execution) => this.#engine.abort(execution, {}),
    };
    this.#engine = new ExecutionEngine(services, onStatusChange);
    this.#redrives = new Redrives(
      (execution) => this.#redrive(execution),
      () => timers.nowMs(),
    );
  }

  /** Throws an InvalidDefinitionError that lists every fault; the same machine again is accepted, another of its name not. */
  createStateMachine(request: { name: string; definition: string; roleArn?: string }): {
    stateMachineArn: string;
  } {
    const { name, definition: definitionText } = request;
    if (!isName(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
    const arn = this.#arns.stateMachine(name);
    const existing = this.#machines.get(arn);
    if (existing && existing.definitionText !== definitionText) {
      throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
    const definition = parseDefinition(
      definitionText,
      this.#expressions,
      Object.keys(this.#options.integrations),
    );
    const roleArn = request.roleArn ?? `arn:aws:iam::${this.#options.accountId}:role/${name}`;
    const createdMs = this.#options.timers.nowMs();
    if (!existing) this.#machines.set(arn, { arn, name, roleArn, createdMs, definitionText, definition });
    return { stateMachineArn: arn };
  }

  /** Answers one request of the AWS JSON 1.0 protocol; `target` is the X-Amz-Target header. Never rejects for a bad request. */
  async handle(target: string, body: unknown): Promise<Response> {
    try {
      return { status: 200, body: await Promise.resolve(this.#answer(target, body)) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: 400, body: { __type: error.code, message: error.message } };
    }
  }

  /** Cancels every timer and drops what runs: nothing more is emitted, started or kept alive; reading still works. */
  stop(): void {
    this.#stopped = true;
    this.#engine.dropAll();
  }

  #answer(target: string, body: unknown): object {
    const parameters = new Parameters(body);
    switch (target) {
      case 'AWSStepFunctions.StartExecution':
        return this.#startExecution(parameters);
      case 'AWSStepFunctions.StopExecution':
        return this.#stopExecution(parameters);
      case 'AWSStepFunctions.RedriveExecution':
        return this.#redriveExecution(parameters);
      case 'AWSStepFunctions.DescribeExecution':
        return describeExecution(this.#executions, parameters);
      case 'AWSStepFunctions.ListExecutions':
        return this.#listExecutions(parameters);
      case 'AWSStepFunctions.DescribeMapRun':
        return describeMapRun(this.#mapRuns, parameters);
      case 'AWSStepFunctions.UpdateMapRun':
        return updateMapRun(this.#mapRuns, parameters);
      case 'AWSStepFunctions.ListMapRuns':
        return listMapRuns(this.#mapRuns, parameters);
      case 'AWSStepFunctions.GetExecutionHistory':
        return getExecutionHistory(this.#executions, parameters);
      case 'AWSStepFunctions.DescribeStateMachine':
        return describeStateMachine(this.#findMachine(parameters));
      case 'AWSStepFunctions.ListStateMachines':
        return listStateMachines([...this.#machines.values()], parameters);
      case 'AWSStepFunctions.SendTaskSuccess':
        return sendTaskSuccess(this.#tokens, parameters);
      case 'AWSStepFunctions.SendTaskFailure':
        return sendTaskFailure(this.#tokens, parameters);
      case 'AWSStepFunctions.SendTaskHeartbeat':
        return sendTaskHeartbeat(this.#tokens, parameters);
      default:
        throw new ApiError('UnknownOperationException', `operation '${target}' is not supported`);
    }
  }

  #listExecutions(parameters: Parameters): object {
    if (!parameters.has('mapRunArn'))
      return listExecutions(this.#executions, this.#findMachine(parameters).arn, parameters);
    const { start } = findMapRun(this.#mapRuns, parameters);
    return listExecutions(this.#executions, start.arn, parameters);
  }

  #startExecution(parameters: Parameters): object {
    const machine = this.#findMachine(parameters);
    const name = parameters.optionalString('name', 80) ?? newUuid(this.#randomness);
    const { start, startMs } = this.#start(machine, name, readExecutionInput(parameters));
    return { executionArn: start.arn, startDate: startMs / 1_000 };
  }

  /** Idempotent while the execution runs: the same name and input give the same execution. */
  #start(machine: StateMachine, name: string, input: Data): Execution {
    if (!isName(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
    if (this.#stopped) throw new ApiError('ServiceUnavailable', 'the Step Functions stand-in was stopped');
    const arn = this.#arns.execution(machine.name, name);
    const existing = this.#executions.find(arn);
    if (existing?.state.status === 'RUNNING' && existing.start.input.text === input.text) return existing;
    if (existing) throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    return this.#run({ arn, name, machine, input });
  }

  #run(start: Omit<ExecutionStart, 'sequence'>): Execution {
    this.#started += 1;
    const execution = new Execution({ ...start, sequence: this.#started }, this.#options.timers);
    this.#executions.add(execution);
    this.#engine.run(execution);
    return execution;
  }

  #redriveExecution(parameters: Parameters): object {
    if (this.#stopped) throw new ApiError('ServiceUnavailable', 'the Step Functions stand-in was stopped');
    return this.#redrives.redrive(findExecution(this.#executions, parameters), parameters);
  }

  #redrive(execution: Execution): void {
    this.#executions.redriven(execution);
    this.#engine.redrive(execution);
  }

  #stopExecution(parameters: Parameters): object {
    const execution = findExecution(this.#executions, parameters);
    const error = parameters.optionalString('error', 256);
    const cause = parameters.optionalString('cause', 32_768);
    this.#engine.abort(execution, {
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
    const { state } = execution;
    return { stopDate: ('stopMs' in state ? state.stopMs : this.#options.timers.nowMs()) / 1_000 };
  }

  #findMachine(parameters: Parameters): StateMachine {
    const arn = parameters.arn('stateMachineArn');
    const machine = this.#machines.get(arn);
    if (!machine) throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  #startNested(args: unknown): Execution {
    const request = nestedRequest(args);
    const machine = request && this.#machines.get(request.stateMachineArn);
    if (!request || !machine) {
      const problem = request
        ? `State Machine Does Not Exist: '${request.stateMachineArn}'`
        : 'invalid arguments';
      throw new IntegrationError(
        request ? 'StepFunctions.StateMachineDoesNotExistException' : 'StepFunctions.ValidationException',
        `${startExecutionResource}: ${problem}`,
      );
    }
    try {
      return this.#start(machine, request.name ?? newUuid(this.#randomness), request.input);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new IntegrationError(`StepFunctions.${error.code}Exception`, error.message);
    }
  }
}
