import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { lanesOf } from '../../lambdas/core/config/tenant-allowance.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import { METRICS } from '../../lambdas/core/contracts/metrics.js';
import { type Lane, priorityOf } from '../../lambdas/core/contracts/lane.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { idOf, ofApi, ofPriority } from '../metrics.js';
import { type AlarmSources, type AlarmSpec, FIVE_MINUTES, SIGN } from './alarm-spec.js';

const TWICE = { bad: 2, of: 2 } as const;

/**
 * Work waits that may be served, and no call starts. Not while a class is paused or the gate is closed, for a quota or
 * for the breaker: then it is known why, and the breaker has an alarm of its own.
 *
 * Per legacy API and not per class: a class may rightly wait while those above it are served.
 */
export function noProgress(sources: AlarmSources): readonly AlarmSpec[] {
  const overflows = lanesOf(sources.config).filter((lane) => lane !== priorityOf(lane));
  const ofQueues = {
    name: 'no-progress',
    description: 'Work waits and no call starts, though nothing is paused and the gate is open.',
  };
  const ofOverflows = {
    name: 'no-progress-beyond',
    description:
      "Work beyond its tenants' allowances waits and no call starts, though nothing is paused and the gate is open.",
  };
  return [
    noProgressIn(sources, PRIORITIES, ofQueues),
    ...(overflows.length === 0 ? [] : [noProgressIn(sources, overflows, ofOverflows)]),
  ];
}

/** Two alarms, because one that looked at all queues would have more metrics than CloudWatch may take in one. */
function noProgressIn(
  { config, queues }: AlarmSources,
  lanes: readonly Lane[],
  told: Pick<AlarmSpec, 'name' | 'description'>,
): AlarmSpec {
  const period = standstill(config);
  const backlog = lanes
    .map((lane) => `FILL(${idOf('waiting', lane)}, 0) * (1 - FILL(${idOf('paused', lane)}, 0))`)
    .join(' + ');
  const ofLane = (lane: Lane) => ({
    [idOf('waiting', lane)]: queues.queues[lane]?.metricApproximateNumberOfMessagesVisible({
      statistic: 'Minimum',
      period,
    }),
    [idOf('paused', lane)]: ofPriority(config, METRICS.classPaused, priorityOf(lane), {
      statistic: 'Maximum',
      period,
    }),
  });
  return {
    ...SIGN,
    ...told,
    runbook: 'no-progress',
    metric: new MathExpression({
      expression: `IF((${backlog} > 0) AND (FILL(started, 0) == 0) AND (FILL(gateClosed, 0) == 0), 1, 0)`,
      usingMetrics: {
        ...Object.fromEntries(lanes.flatMap((lane) => Object.entries(ofLane(lane)))),
        // It has one value for each call of any class: one metric to pay for instead of three.
        started: ofApi(config, METRICS.controlAge, { statistic: 'SampleCount', period }),
        gateClosed: ofApi(config, METRICS.gateClosed, { statistic: 'Maximum', period }),
      },
      label: 'work waits and no call starts',
      period,
    }),
    periods: TWICE,
  };
}

/** The sweeper rings every minute whatever happens, so a worker that is well says so: here silence is the fault. */
export function workerSilent({ config }: AlarmSources): AlarmSpec {
  return {
    ...SIGN,
    name: 'worker-silent',
    runbook: 'worker-silent',
    description: 'No slot has started, though the sweeper rings every minute.',
    metric: ofApi(config, METRICS.slotsStarted, { period: standstill(config) }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: TWICE,
    missingData: TreatMissingData.BREACHING,
  };
}

/** No healthy orchestrator with work goes for so long without a slot or a call, however long its hold. */
function standstill(config: OrchestratorConfig): Duration {
  const { holdMs, crashWaitMs, functionTimeoutSeconds } = timingsOf(config);
  const longestMs = 2 * holdMs + crashWaitMs + functionTimeoutSeconds * 1_000;
  return Duration.minutes(Math.max(FIVE_MINUTES.toMinutes(), Math.ceil(longestMs / 60_000)));
}
