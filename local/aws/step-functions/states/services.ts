import type { Execution } from '../execution.js';
import type { Integration } from '../integration.js';
import type { MapRuns } from '../map-runs/map-runs.js';
import type { ObjectStore } from '../object-store.js';
import type { Randomness } from '../randomness.js';
import type { TaskTokens } from '../task-tokens.js';
import type { Timers } from '../timers.js';

/** What states reach outside their execution. */
export interface Services {
  readonly region: string;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly tokens: TaskTokens;
  readonly integrations: ReadonlyMap<string, Integration>;
  /** Starts an execution for a `states:startExecution` task; throws an IntegrationError if it is refused. */
  readonly startNested: (args: unknown) => Execution;
  readonly mapRuns: MapRuns;
  readonly objects: ObjectStore;
  readonly stopNested: (execution: Execution) => void;
}
