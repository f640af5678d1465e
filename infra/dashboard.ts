import { Duration, Stack } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type HorizontalAnnotation,
  type IMetric,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import {
  METRIC_NAMESPACE,
  DIMENSIONS,
  METRICS,
  type Metric as OwnMetric,
} from '../lambdas/core/contracts/metrics.js';
import { PRIORITIES, type Priority } from '../lambdas/core/contracts/priority.js';
import type { DeadLetters } from './dead-letters.js';
import { pacedLimits } from '../lambdas/core/config/limit-kinds.js';
import type { PriorityQueues } from './priority-queues.js';
import type { WorkerFunction } from './worker-function.js';

const PERIOD = Duration.minutes(1);

/** Three widgets to a row of 24 columns. */
const SIZE = { width: 8, height: 7 };

export interface OrchestratorDashboardProps {
  readonly config: OrchestratorConfig;
  readonly queues: PriorityQueues;
  readonly worker: WorkerFunction;
  readonly deadLetters: DeadLetters;
}

/** Shows whether each class is served in time, how close the calls are to the limit, and what becomes of them. */
export class OrchestratorDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: OrchestratorDashboardProps) {
    super(scope, id);
    const { config, queues, worker, deadLetters } = props;
    this.dashboard = new Dashboard(this, 'Resource', {
      dashboardName: `${Stack.of(this).stackName}-${config.name}`,
      defaultInterval: Duration.hours(3),
      widgets: [
        PRIORITIES.map((priority) => ageWidget(config, priority)),
        [backlogWidget(queues), rateWidget(config), outcomesWidget(config)],
        [workerWidget(config, worker), slotsWidget(config), serviceTimeWidget(config)],
        [troubleWidget(config), gateWidget(config), deadLettersWidget(config, deadLetters)],
      ],
    });
  }
}

/** Ages are ours: SQS leaves messages received three or more times out of its own. */
function ageWidget(config: OrchestratorConfig, priority: Priority): GraphWidget {
  const ageSeconds = (statistic: string) =>
    new MathExpression({
      expression: `${statistic.toLowerCase()} / 1000`,
      usingMetrics: {
        [statistic.toLowerCase()]: ofPriority(config, METRICS.ageAtStart, priority, statistic),
      },
      label: statistic,
      period: PERIOD,
    });
  return new GraphWidget({
    ...SIZE,
    title: `${priority}: age when its call starts (s)`,
    left: [ageSeconds('p50'), ageSeconds('p99'), ageSeconds('Maximum')],
    leftYAxis: { min: 0, showUnits: false },
    leftAnnotations: [{ value: config.priorities[priority].ageObjectiveSeconds, label: 'objective' }],
  });
}

function backlogWidget({ queues }: PriorityQueues): GraphWidget {
  return new GraphWidget({
    ...SIZE,
    title: 'Backlog: messages waiting or in flight',
    left: PRIORITIES.map((priority) => backlog(queues[priority], priority)),
    leftYAxis: { min: 0, showUnits: false },
    stacked: true,
  });
}

function backlog(queue: Queue, priority: Priority): IMetric {
  const [waiting, inFlight] = [`waiting${priority}`, `inFlight${priority}`];
  return new MathExpression({
    expression: `${waiting} + ${inFlight}`,
    usingMetrics: {
      [waiting]: queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD }),
      [inFlight]: queue.metricApproximateNumberOfMessagesNotVisible({ period: PERIOD }),
    },
    label: priority,
    period: PERIOD,
  });
}

function rateWidget(config: OrchestratorConfig): GraphWidget {
  return new GraphWidget({
    ...SIZE,
    title: 'Calls started per second, and the limit',
    left: PRIORITIES.map(
      (priority) =>
        new MathExpression({
          expression: `${priority.toLowerCase()} / PERIOD(${priority.toLowerCase()})`,
          usingMetrics: { [priority.toLowerCase()]: ofPriority(config, METRICS.callsStarted, priority) },
          label: priority,
          period: PERIOD,
        }),
    ),
    leftYAxis: { min: 0, showUnits: false },
    // A quota may be used at any pace, so it is no line.
    leftAnnotations: pacedLimits(config.limits).map(({ calls, windowMs }): HorizontalAnnotation => ({
      value: (calls * 1_000) / windowMs,
      label: `${calls} per ${windowMs} ms`,
    })),
    stacked: true,
  });
}

function outcomesWidget(config: OrchestratorConfig): GraphWidget {
  const { succeeded, rejected, unavailable, outcomeUnknown, responseTooLarge, throttled } = METRICS;
  return counts(config, 'Outcomes of calls', [
    succeeded,
    rejected,
    unavailable,
    outcomeUnknown,
    responseTooLarge,
    throttled,
  ]);
}

function workerWidget({ slots }: OrchestratorConfig, { function: worker }: WorkerFunction): GraphWidget {
  return new GraphWidget({
    ...SIZE,
    title: 'Slots running; throttled bells and errors',
    left: [worker.metric('ConcurrentExecutions', { statistic: 'Maximum', label: 'slots', period: PERIOD })],
    right: [worker.metricThrottles({ period: PERIOD }), worker.metricErrors({ period: PERIOD })],
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0, showUnits: false },
    leftAnnotations: [{ value: slots, label: 'reserved concurrency' }],
  });
}

function slotsWidget(config: OrchestratorConfig): GraphWidget {
  const { slotsStarted, bells, crashWaits, callbackRetries } = METRICS;
  return new GraphWidget({
    ...SIZE,
    title: 'Slots started, bells and waits',
    left: [slotsStarted, bells, crashWaits, callbackRetries].map((metric) => ofApi(config, metric)),
    leftYAxis: { min: 0, showUnits: false },
  });
}

/** The hold pays off as far as the legacy API answers within it. */
function serviceTimeWidget(config: OrchestratorConfig): GraphWidget {
  return new GraphWidget({
    ...SIZE,
    title: 'Service time, p99 (ms)',
    left: PRIORITIES.map((priority) => ofPriority(config, METRICS.serviceTime, priority, 'p99')),
    leftYAxis: { min: 0, showUnits: false },
  });
}

function troubleWidget(config: OrchestratorConfig): GraphWidget {
  const { abandoned, lateResults, deferrals, malformed } = METRICS;
  return counts(config, 'Work without a result', [abandoned, lateResults, deferrals, malformed]);
}

/** What the legacy API said of its own load: the rate is left alone wherever its line has a gap. */
function gateWidget(config: OrchestratorConfig): GraphWidget {
  const { gateClosings, breakerOpenings, probes, breakerClosings, rateRatio } = METRICS;
  return new GraphWidget({
    ...SIZE,
    title: 'Gate: closings, breaker, and the part of the rate that is left',
    left: [gateClosings, breakerOpenings, probes, breakerClosings].map((metric) => ofApi(config, metric)),
    right: [ofApi(config, rateRatio, 'Minimum')],
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0, max: 1, showUnits: false },
  });
}

/** What lies there, not what was sent there: SQS does not count its own moves as sent. */
function deadLettersWidget(config: OrchestratorConfig, { queue, parked }: DeadLetters): GraphWidget {
  const lying = (label: string, of: Queue) =>
    of.metricApproximateNumberOfMessagesVisible({ label, statistic: 'Maximum', period: PERIOD });
  const { deadLetters, closedDeadLetters } = METRICS;
  return new GraphWidget({
    ...SIZE,
    title: 'Dead letters',
    left: [lying('parked, for people', parked), lying('not handled yet', queue)],
    right: [deadLetters, closedDeadLetters].map((metric) => ofApi(config, metric)),
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0, showUnits: false },
  });
}

function counts(config: OrchestratorConfig, title: string, metrics: readonly OwnMetric[]): GraphWidget {
  return new GraphWidget({
    ...SIZE,
    title,
    left: metrics.map((metric) => ofAllPriorities(config, metric)),
    leftYAxis: { min: 0, showUnits: false },
  });
}

function ofAllPriorities(config: OrchestratorConfig, metric: OwnMetric): IMetric {
  const usingMetrics = Object.fromEntries(
    PRIORITIES.map((priority) => [
      `${metric.name.charAt(0).toLowerCase()}${metric.name.slice(1)}${priority}`,
      ofPriority(config, metric, priority),
    ]),
  );
  const terms = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`);
  return new MathExpression({
    expression: terms.join(' + '),
    usingMetrics,
    label: metric.name,
    period: PERIOD,
  });
}

function ofPriority(
  config: OrchestratorConfig,
  metric: OwnMetric,
  priority: Priority,
  statistic = 'Sum',
): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: metric.name,
    dimensionsMap: { [DIMENSIONS.api]: config.name, [DIMENSIONS.priority]: priority },
    statistic,
    label: priority,
    period: PERIOD,
  });
}

function ofApi(config: OrchestratorConfig, metric: OwnMetric, statistic = 'Sum'): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: metric.name,
    dimensionsMap: { [DIMENSIONS.api]: config.name },
    statistic,
    label: metric.name,
    period: PERIOD,
  });
}
