import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { keepsOrder } from '../lambdas/core/config/ordering.js';
import { NO_ORDER_IS_KEPT, STARTED_BY } from '../lambdas/core/contracts/call-request.js';
import { BATCH_ITEMS_MAX, BATCH_TOLERATED_FAILURE_PERCENTAGE } from '../lambdas/core/contracts/limits.js';
import { TASK_ERRORS } from '../lambdas/core/contracts/task-errors.js';
import { fill, jsonataList, readStateMachineFile } from './asl.js';
import { rateLimitedCallDefinition } from './rate-limited-call.js';

type States = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Of the calls that wait at once, for each slot: enough that no slot waits for the Map to start the next item. */
const WAITING_PER_SLOT = 20;

const CONCURRENCY_LEAST = 100;

/** Open executions of one batch: above this, a backlog is no faster and only waits longer. */
const CONCURRENCY_MOST = 1_000;

/** The definition with all that synthesis knows filled in. Partition, bucket and the queues' URLs are left to deployment. */
export function batchLoadDefinition(config: OrchestratorConfig): string {
  const names = Object.keys(config.operations);
  const { slots } = config;
  const values = {
    ItemsMax: BATCH_ITEMS_MAX,
    MaxConcurrency: Math.min(CONCURRENCY_MOST, Math.max(CONCURRENCY_LEAST, WAITING_PER_SLOT * slots)),
    ToleratedFailurePercentage: BATCH_TOLERATED_FAILURE_PERCENTAGE,
    InvalidRequest: TASK_ERRORS.invalidRequest,
    KeepsOrder: String(keepsOrder(config)),
    NoOrderIsKept: NO_ORDER_IS_KEPT,
    StartedBy: STARTED_BY,
    Operations: jsonataList(names),
    OnceOperations: jsonataList(names.filter((name) => config.operations[name]?.effect === 'once')),
  };
  const BatchFaults = fill(readStateMachineFile('batch-load.faults.jsonata'), values);
  const text = fill(readStateMachineFile('batch-load.asl.json'), { ...values, BatchFaults });
  const inCommon = JSON.parse(fill(readStateMachineFile('batch-load.map.json'), values)) as object;
  const definition = JSON.parse(text) as { readonly States: States };
  const states = Object.entries(definition.States).map(([name, state]) => [
    name,
    state['Type'] === 'Map' ? { ...state, ...inCommon, ItemProcessor: itemProcessor(config, name) } : state,
  ]);
  return JSON.stringify({ ...definition, States: Object.fromEntries(states) as States });
}

/** The states of `rate-limited-call`, under names that no other Map of the definition has. */
function itemProcessor(config: OrchestratorConfig, map: string): object {
  const { StartAt, States } = JSON.parse(rateLimitedCallDefinition(config)) as {
    readonly StartAt: string;
    readonly States: States;
  };
  const renamed = (name: string) => `${name} (${map})`;
  return {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: renamed(StartAt),
    States: Object.fromEntries(
      Object.entries(States).map(([name, state]) => [renamed(name), withTransitions(state, renamed)]),
    ),
  };
}

/** The state, or a part of it, with every transition led to where its target is now. */
function withTransitions(part: unknown, renamed: (name: string) => string): unknown {
  if (Array.isArray(part)) return part.map((item) => withTransitions(item, renamed));
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([field, value]) => {
    const leads = (field === 'Next' || field === 'Default') && typeof value === 'string';
    return [field, leads ? renamed(value) : withTransitions(value, renamed)] as const;
  });
  return Object.fromEntries(entries);
}
