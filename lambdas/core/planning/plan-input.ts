import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { ByPriority } from '../contracts/priority.js';
import type { RateLimit } from '../pacing/hold.js';
import type { Latency } from './latency.js';

/** Work that is expected. HIGH and NORMAL arrive at random (Poisson); BATCH is there all at once, every night. */
export interface Demand {
  readonly HIGH: { readonly callsPerSecond: number };
  readonly NORMAL: { readonly callsPerSecond: number };
  readonly BATCH: { readonly callsPerNight: number };
}

/** Everything that a plan depends on: the same input gets the same plan. */
export interface PlanInput {
  readonly limits: readonly RateLimit[];
  /** The legacy API's own cap on calls in flight. */
  readonly inFlightMax: number | undefined;
  /** C, where it is given and not to be chosen. */
  readonly slots: number | undefined;
  readonly latency: Latency;
  /** Undefined where nobody knows how long the API may work on a call whose caller is gone. */
  readonly serviceTimeMaxMs: number | undefined;
  readonly demand: Demand;
  /** From the arrival of BATCH to the time by which it is wanted. */
  readonly nightMs: number;
  readonly minShares: ByPriority<number>;
  /** J. */
  readonly arrivalJitterMs: number;
  readonly memoryMb: number;
  /** 1 where the call stands in a workflow itself, 2 with a `Ring` state, 3 through `rate-limited-call`. */
  readonly transitionsPerCall: number;
  /** The account's limit on concurrent executions, of which Lambda keeps 100 unreserved. */
  readonly concurrencyQuota: number;
  /** The stack's own configuration, where there is one: its times are checked against the predictions. */
  readonly configured: OrchestratorConfig | undefined;
  /** How many calls are simulated for each number of slots: more of them make the percentiles steadier. */
  readonly callsSimulated: number;
  readonly seed: number;
}
