import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import {
  DIMENSIONS,
  METRIC_NAMESPACE,
  METRICS,
  type Metric as OwnMetric,
} from '../lambdas/core/contracts/metrics.js';
import type { Lane } from '../lambdas/core/contracts/lane.js';
import { PRIORITIES, type Priority } from '../lambdas/core/contracts/priority.js';
import type { DeadLetters } from './dead-letters.js';

export const PERIOD = Duration.minutes(1);

/** One of our metrics, of one class or, for ages, of its overflow. */
export function ofPriority(
  { name }: OrchestratorConfig,
  metric: OwnMetric,
  lane: Lane,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: metric.name,
    dimensionsMap: { [DIMENSIONS.api]: name, [DIMENSIONS.priority]: lane },
    statistic: 'Sum',
    label: lane,
    period: PERIOD,
    ...options,
  });
}

/** One of our metrics that knows no class. */
export function ofApi({ name }: OrchestratorConfig, metric: OwnMetric, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: metric.name,
    dimensionsMap: { [DIMENSIONS.api]: name },
    statistic: 'Sum',
    label: metric.name,
    period: PERIOD,
    ...options,
  });
}

/** The sum over all classes: a class that published nothing counts as 0. */
export function ofAllPriorities(config: OrchestratorConfig, metric: OwnMetric, period = PERIOD): IMetric {
  const usingMetrics = Object.fromEntries(
    PRIORITIES.map((priority) => [
      idOf(metric.name, priority),
      ofPriority(config, metric, priority, { period }),
    ]),
  );
  return new MathExpression({
    expression: `SUM(FILL([${Object.keys(usingMetrics).join(', ')}], 0))`,
    usingMetrics,
    label: metric.name,
    period,
  });
}

/**
 * The longest that anyone of a class has waited, in seconds: whose call started, or who waits still. Not who is beyond
 * an allowance: objectives are for those who keep to theirs.
 *
 * The second is SQS's own metric, because a message that nobody takes tells us nothing. It leaves messages out that
 * were received three times; those count when their calls start.
 */
export function longestWaitSeconds(
  config: OrchestratorConfig,
  queue: Queue,
  priority: Priority,
): MathExpression {
  const [atStart, waiting] = [idOf('AgeAtStart', priority), idOf('AgeOfOldest', priority)];
  return new MathExpression({
    expression: `IF(FILL(${atStart}, 0) / 1000 > FILL(${waiting}, 0), FILL(${atStart}, 0) / 1000, FILL(${waiting}, 0))`,
    usingMetrics: {
      [atStart]: ofPriority(config, METRICS.ageAtStart, priority, { statistic: 'Maximum' }),
      [waiting]: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: PERIOD }),
    },
    label: priority,
    period: PERIOD,
  });
}

/** What lies there, not what was sent there: SQS does not count its own moves as sent. The one place that knows where. */
export function deadLettersLying({
  queue,
  parked,
}: DeadLetters): Readonly<Record<'parked' | 'unhandled', Metric>> {
  const lying = (label: string, of: Queue) =>
    of.metricApproximateNumberOfMessagesVisible({ label, statistic: 'Maximum', period: PERIOD });
  return { parked: lying('parked, for people', parked), unhandled: lying('not handled yet', queue) };
}

/** Identifies a metric within an expression: must begin with a small letter. */
export function idOf(name: string, lane: Lane): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}${lane}`;
}
