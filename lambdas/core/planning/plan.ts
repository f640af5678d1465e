import type { BillLine, BillTotal } from './bill.js';
import type { BacklogSample } from './night.js';
import type { PlanInput } from './plan-input.js';
import type { Settings } from './settings.js';
import type { SlotOption } from './slot-option.js';

export interface CapacityPlan {
  readonly input: PlanInput;
  /** Infinity where only the number of calls in flight is limited. */
  readonly limitPerSecond: number;
  /** The numbers of slots that were compared, fewest first. */
  readonly options: readonly SlotOption[];
  /** What the planner would choose. */
  readonly best: SlotOption;
  /** What all predictions are about: the slots that were given, or else the best; the best too where those given are impossible. */
  readonly chosen: SlotOption;
  /** What to set for `chosen`. */
  readonly recommended: Settings;
  /** What is set, where there is a configuration. */
  readonly configured: Settings | undefined;
  /** From the arrival of BATCH to the end of the night. */
  readonly backlog: readonly BacklogSample[];
  readonly bill: readonly BillLine[];
  readonly totals: BillTotals;
  /** Each a sentence. */
  readonly warnings: readonly string[];
}

export type BillTotals = Readonly<
  Record<'transitions' | 'operation' | 'observability' | 'once' | 'idle', BillTotal>
>;
