import type { Data, Json, JsonObject } from '../json.js';
import type { MapRun } from '../map-runs/map-run.js';

/** A state that was entered and not left. */
export interface Entry {
  readonly name: string;
  readonly input: Data;
  /** Those of this line, as they were on entry. */
  readonly variables: JsonObject;
  readonly enteredMs: number;
  readonly enteredEventId: number;
}

/** The run of a Distributed Map, and what it runs over. */
export interface RunOverItems {
  readonly run: MapRun;
  readonly items: readonly Json[];
}

/**
 * Where one line of states stands, with the lines inside its Parallel or Map state: enough for a redrive to go on with
 * what had not succeeded, and to keep what had.
 */
export class Checkpoint {
  /** The state that the line is in. */
  entry: Entry | undefined;
  /** Once the line has come to its end. */
  output: Data | undefined;
  /** Of the Distributed Map that the line is in, once its run has started. */
  items: RunOverItems | undefined;
  #forks: Checkpoint[] = [];

  enter(entry: Entry): void {
    this.entry = entry;
    this.forget();
  }

  end(output: Data): void {
    this.entry = undefined;
    this.output = output;
    this.forget();
  }

  get hasForks(): boolean {
    return this.#forks.length > 0;
  }

  /** The line of this branch or iteration, begun or not. */
  fork(index: number): Checkpoint {
    return (this.#forks[index] ??= new Checkpoint());
  }

  /** Then the state runs anew, with all that had succeeded inside it. */
  forget(): void {
    this.#forks = [];
    this.items = undefined;
  }
}
