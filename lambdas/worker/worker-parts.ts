import type { AdapterParts } from '../adapters/legacy/adapters.js';
import type { Credentials } from '../adapters/legacy/credentials.js';
import type { Expressions } from '../core/config/expressions.js';
import type { OrchestratorConfig } from '../core/config/orchestrator-config.js';
import type { Clock, ResultStore } from '../core/ports.js';

/** What a worker is built with, besides what its environment says. */
export interface WorkerParts extends AdapterParts {
  readonly expressions?: Expressions;
  readonly credentials?: (config: OrchestratorConfig, clock: Clock) => Credentials;
  /** Where results go that no task can carry. */
  readonly resultStore?: (bucket: string) => ResultStore;
}

/** Nothing: JSON over HTTP needs no more. Where a configuration asks for more, synthesis replaces this module. */
export const parts: WorkerParts = {};
