import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import { METRICS } from '../../lambdas/core/contracts/metrics.js';
import { PRIORITIES, type Priority } from '../../lambdas/core/contracts/priority.js';
import { idOf, ofApi, ofPriority } from '../metrics.js';
import { type AlarmSources, type AlarmSpec, FIVE_MINUTES, SIGN } from './alarm-spec.js';

const TWICE = { bad: 2, of: 2 } as const;

/**
 * Work waits that may be served, and no call starts. Not while a class is paused or the gate is closed, for a quota or
 * for the breaker: then it is known why, and the breaker has an alarm of its own.
 *
 * Per legacy API and not per class: a class may rightly wait while those above it are served.
 */
export function noProgress({ config, queues }: AlarmSources): AlarmSpec {
  const period = standstill(config);
  const backlog = PRIORITIES.map(
    (priority) => `FILL(${idOf('waiting', priority)}, 0) * (1 - FILL(${idOf('paused', priority)}, 0))`,
  ).join(' + ');
  const ofClass = (priority: Priority) => ({
    [idOf('waiting', priority)]: queues.queues[priority].metricApproximateNumberOfMessagesVisible({
      statistic: 'Minimum',
      period,
    }),
    [idOf('paused', priority)]: ofPriority(config, METRICS.classPaused, priority, {
      statistic: 'Maximum',
      period,
    }),
  });
  return {
    ...SIGN,
    name: 'no-progress',
    runbook: 'no-progress',
    description: 'Work waits and no call starts, though nothing is paused and the gate is open.',
    metric: new MathExpression({
      expression: `IF((${backlog} > 0) AND (FILL(started, 0) == 0) AND (FILL(gateClosed, 0) == 0), 1, 0)`,
      usingMetrics: {
        ...Object.fromEntries(PRIORITIES.flatMap((priority) => Object.entries(ofClass(priority)))),
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
