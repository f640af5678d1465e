import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { ByPriority } from '../contracts/priority.js';
import type { Control } from '../control.js';
import type { SlotRecord } from '../ports.js';
import type { QuotaBook } from '../quota/quota-book.js';
import type { QueueContents } from './queue-contents.js';

/** What was found of one orchestrator at one moment, by whoever shows its status. */
export interface Snapshot {
  readonly atMs: number;
  readonly config: OrchestratorConfig;
  readonly queues: ByPriority<QueueContents>;
  readonly parked: number;
  readonly control: Control;
  readonly slotRecords: readonly SlotRecord[];
  readonly quotaBook: QuotaBook;
  readonly oldest: ByPriority<Oldest>;
  readonly failures: readonly FailedExecution[];
}

/**
 * Since when the longest waiting execution of a class runs: exactly, or at the earliest because only the oldest
 * executions were looked at; undefined where nothing is known.
 */
export type Oldest = { readonly atMs: number; readonly exact: boolean } | undefined;

export interface FailedExecution {
  readonly name: string;
  readonly endedAtMs: number | undefined;
  readonly error: string | undefined;
  readonly status: string | undefined;
}
