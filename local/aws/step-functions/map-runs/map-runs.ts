import type { StateList } from '../asl/definition.js';
import type { Arns } from '../arn.js';
import type { Execution, ExecutionStart } from '../execution.js';
import type { Data } from '../json.js';
import { newUuid, type Randomness } from '../randomness.js';
import type { StateMachine } from '../state-machine.js';
import type { Timers } from '../timers.js';
import { MapRun, type MapRunStart } from './map-run.js';

export interface MapRunsOptions {
  readonly arns: Arns;
  readonly randomness: Randomness;
  readonly timers: Timers;
  /** Starts an execution that nobody else knows of. */
  readonly startExecution: (start: Omit<ExecutionStart, 'sequence'>) => Execution;
  readonly redriveExecution: (execution: Execution) => void;
}

/** Every run of a Distributed Map, with the executions that it started. */
export class MapRuns {
  readonly #options: MapRunsOptions;
  readonly #byArn = new Map<string, MapRun>();
  /** The state machine as the executions of its Map's items see it, by its ARN. */
  readonly #machines = new Map<string, StateMachine>();

  constructor(options: MapRunsOptions) {
    this.#options = options;
  }

  find(arn: string): MapRun | undefined {
    return this.#byArn.get(arn);
  }

  of(parentArn: string): readonly MapRun[] {
    return [...this.#byArn.values()].filter(({ start }) => start.parentArn === parentArn);
  }

  start(
    { start: { arn: parentArn, machine } }: Execution,
    label: string,
    more: Pick<MapRunStart, 'total' | 'limits'>,
  ): MapRun {
    const { arns, randomness, timers } = this.#options;
    const arn = arns.mapRun(`${machine.name}/${label}`, newUuid(randomness));
    const run = new MapRun({ arn, parentArn, machine, label, startMs: timers.nowMs(), ...more });
    this.#byArn.set(arn, run);
    return run;
  }

  startChild(run: MapRun, index: number, processor: StateList, input: Data): Execution {
    const { arns, randomness, startExecution } = this.#options;
    const machine = this.#machineOf(run, processor);
    const name = newUuid(randomness);
    const arn = arns.execution(machine.name, name);
    const child = startExecution({ arn, name, machine, input, mapRunArn: run.start.arn });
    run.children[index] = child;
    return child;
  }

  /** Goes on with an unsuccessful execution of a run that is redriven. */
  redriveChild(run: MapRun, child: Execution): Execution {
    run.pendingRedrive.delete(child);
    this.#options.redriveExecution(child);
    return child;
  }

  #machineOf({ start: { machine, label } }: MapRun, processor: StateList): StateMachine {
    const name = `${machine.name}/${label}`;
    const arn = this.#options.arns.stateMachine(name);
    const known = this.#machines.get(arn);
    if (known !== undefined) return known;
    const made = { ...machine, arn, name, definition: { ...processor, timeoutSeconds: undefined } };
    this.#machines.set(arn, made);
    return made;
  }
}
