import { Duration } from 'aws-cdk-lib';
import { type GraphWidget, type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { METRICS } from '../../lambdas/core/contracts/metrics.js';
import { type Lane, overflowOf } from '../../lambdas/core/contracts/lane.js';
import { PRIORITIES, type Priority } from '../../lambdas/core/contracts/priority.js';
import { deadLettersLying, idOf, longestWaitSeconds, ofApi, ofPriority, PERIOD } from '../metrics.js';
import type { DeadLetters } from '../dead-letters.js';
import type { PriorityQueues } from '../priority-queues.js';
import { graph } from './graph.js';

/** Long enough that single messages do not tear the line. */
const DRAIN_PERIOD = Duration.minutes(5);

/** All classes in one graph: their objectives are minutes and hours, so each is drawn as a share of its own. */
export function waitsWidget(config: OrchestratorConfig, { queues }: PriorityQueues): GraphWidget {
  return graph('Is anyone waiting too long? Longest wait / objective', {
    left: PRIORITIES.map((priority) => {
      const wait = idOf('longestWait', priority);
      return new MathExpression({
        expression: `${wait} / ${config.priorities[priority].ageObjectiveSeconds}`,
        usingMetrics: { [wait]: longestWaitSeconds(config, queues[priority], priority) },
        label: priority,
        period: PERIOD,
      });
    }),
    leftAnnotations: [{ value: 1, label: 'objective' }],
  });
}

/** Ages are ours: SQS leaves messages received three or more times out of its own, which is drawn for who still waits. */
export function ageWidget(
  config: OrchestratorConfig,
  { queues }: PriorityQueues,
  priority: Priority,
): GraphWidget {
  const overflow = queues[overflowOf(priority)];
  const oldest = (queue: Queue, label: string) =>
    queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', label, period: PERIOD });
  const atStart = (statistic: string) =>
    new MathExpression({
      expression: `${statistic.toLowerCase()} / 1000`,
      usingMetrics: {
        [statistic.toLowerCase()]: ofPriority(config, METRICS.ageAtStart, priority, { statistic }),
      },
      label: statistic,
      period: PERIOD,
    });
  return graph(`${priority}: age when its call starts, and of who still waits (s)`, {
    left: [
      ...['p50', 'p99', 'Maximum'].map(atStart),
      oldest(queues[priority], 'oldest that waits'),
      ...(overflow === undefined ? [] : [oldest(overflow, 'oldest beyond its allowance')]),
    ],
    leftAnnotations: [{ value: config.priorities[priority].ageObjectiveSeconds, label: 'objective' }],
  });
}

/** The same for all classes in one graph, by our own metric alone. */
export function ageAtStartWidget(config: OrchestratorConfig): GraphWidget {
  return graph('Is anyone waiting too long? Age when a call starts, p99 (ms)', {
    left: PRIORITIES.map((priority) =>
      ofPriority(config, METRICS.ageAtStart, priority, { statistic: 'p99' }),
    ),
  });
}

export function backlogWidget({ queues }: PriorityQueues): GraphWidget {
  return graph('Backlog: messages waiting or in flight', {
    left: lanesIn(queues).map(([lane, queue]) => backlog(queue, lane)),
    stacked: true,
  });
}

function backlog(queue: Queue, lane: Lane): IMetric {
  const [waiting, inFlight] = [idOf('waiting', lane), idOf('inFlight', lane)];
  return new MathExpression({
    expression: `${waiting} + ${inFlight}`,
    usingMetrics: {
      [waiting]: queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD }),
      [inFlight]: queue.metricApproximateNumberOfMessagesNotVisible({ period: PERIOD }),
    },
    label: lane,
    period: PERIOD,
  });
}

function lanesIn(queues: PriorityQueues['queues']): readonly (readonly [Lane, Queue])[] {
  return Object.entries(queues) as [Lane, Queue][];
}

/** At the pace of the last minutes. No line while a class grows: then it never ends. */
export function timeToDrainWidget({ queues }: PriorityQueues): GraphWidget {
  return graph('Predicted time to drain (minutes)', {
    left: lanesIn(queues).map(([lane, queue]) => {
      const [waiting, left, came] = [idOf('waiting', lane), idOf('left', lane), idOf('came', lane)];
      return new MathExpression({
        expression: `IF(${left} > ${came}, ${waiting} / ((${left} - ${came}) / PERIOD(${left})) / 60)`,
        usingMetrics: {
          [waiting]: queue.metricApproximateNumberOfMessagesVisible({ period: DRAIN_PERIOD }),
          [left]: queue.metricNumberOfMessagesDeleted({ period: DRAIN_PERIOD }),
          [came]: queue.metricNumberOfMessagesSent({ period: DRAIN_PERIOD }),
        },
        label: lane,
        period: DRAIN_PERIOD,
      });
    }),
  });
}

export function deadLettersWidget(config: OrchestratorConfig, from: DeadLetters): GraphWidget {
  const { deadLetters, closedDeadLetters } = METRICS;
  return graph('Dead letters', {
    left: Object.values(deadLettersLying(from)),
    right: [deadLetters, closedDeadLetters].map((metric) => ofApi(config, metric)),
  });
}
