import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import type { CallEvents } from '../call-events.js';
import type { DeadLetters } from '../dead-letters.js';
import type { PriorityQueues } from '../priority-queues.js';
import type { WorkerFunction } from '../worker-function.js';

/** One alarm, as CloudWatch, the runbook and the tests know it. */
export interface AlarmSpec {
  readonly name: string;
  /** Its heading in docs/runbook.md. */
  readonly runbook: string;
  /** What is the matter when it goes off. */
  readonly description: string;
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** In how many of how many periods the threshold must be passed. */
  readonly periods: { readonly bad: number; readonly of: number };
  readonly missingData: TreatMissingData;
  /** Whether it is one way of being unwell, told as such once, or something that a person must look at each time. */
  readonly tells: 'unhealthy' | 'itself';
}

export interface AlarmSources {
  readonly config: OrchestratorConfig;
  readonly queues: PriorityQueues;
  readonly deadLetters: DeadLetters;
  readonly worker: WorkerFunction;
  readonly events: CallEvents | undefined;
}

export const FIVE_MINUTES = Duration.minutes(5);

/** A sign that the orchestrator is unwell: not for a moment's trouble that passes by itself. */
export const SIGN = {
  comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
  threshold: 0,
  periods: { bad: 3, of: 5 },
  // Nothing published, nothing happened: our metrics and Lambda's appear with what they count.
  missingData: TreatMissingData.NOT_BREACHING,
  tells: 'unhealthy',
} as const satisfies Partial<AlarmSpec>;

/** One is one too many, because somebody may have to put something right. */
export const CASE = { ...SIGN, periods: { bad: 1, of: 1 }, tells: 'itself' } as const;
