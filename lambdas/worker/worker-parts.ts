import type { AdapterParts } from '../adapters/legacy/adapters.js';
import type { Expressions } from '../core/config/expressions.js';
import type { ResultStore } from '../core/ports.js';

/** What a worker is built with, besides what its environment says. */
export interface WorkerParts extends AdapterParts {
  readonly expressions?: Expressions;
  /** Where results go that no task can carry. */
  readonly resultStore?: (bucket: string) => ResultStore;
}

/** Nothing: JSON over HTTP needs no more. Where a configuration asks for more, synthesis replaces this module. */
export const parts: WorkerParts = {};
