import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { METRICS } from '../../lambdas/core/contracts/metrics.js';
import { PRIORITIES, type Priority } from '../../lambdas/core/contracts/priority.js';
import type { DeadLetters } from '../dead-letters.js';
import {
  deadLettersLying,
  longestWaitSeconds,
  ofAllPriorities,
  ofApi,
  ofPriority,
  PERIOD,
} from '../metrics.js';
import { type AlarmSources, type AlarmSpec, CASE, FIVE_MINUTES, SIGN } from './alarm-spec.js';
import { noProgress, workerSilent } from './standstill.js';

/** Every alarm of an orchestrator. Thresholds come from its configuration, whose objectives the planner recommends. */
export function alarmsOf(sources: AlarmSources): readonly AlarmSpec[] {
  return [
    ...PRIORITIES.map((priority) => waitsTooLong(sources, priority)),
    ...noProgress(sources),
    workerSilent(sources),
    workerFails(sources),
    ...refusals(sources),
    ...cases(sources),
    ...eventsUndelivered(sources),
  ];
}

function waitsTooLong({ config, queues }: AlarmSources, priority: Priority): AlarmSpec {
  const { ageObjectiveSeconds } = config.priorities[priority];
  return {
    ...SIGN,
    name: `${priority.toLowerCase()}-waits-too-long`,
    runbook: 'waits-too-long',
    description: `Calls of ${priority} wait for longer than their objective of ${ageObjectiveSeconds} s.`,
    metric: longestWaitSeconds(config, queues.queues[priority], priority),
    threshold: ageObjectiveSeconds,
  };
}

function workerFails({ config, worker }: AlarmSources): AlarmSpec {
  return {
    ...SIGN,
    name: 'worker-fails',
    runbook: 'worker-fails',
    description: 'Slots crash, or cannot reach a queue or the table.',
    metric: new MathExpression({
      expression: 'SUM(FILL([errors, problems], 0))',
      usingMetrics: {
        errors: worker.function.metricErrors({ period: PERIOD }),
        problems: ofApi(config, METRICS.problems),
      },
      label: 'errors and problems',
      period: PERIOD,
    }),
  };
}

/** What the legacy API and Step Functions have against us. */
function refusals({ config }: AlarmSources): readonly AlarmSpec[] {
  return [
    {
      ...SIGN,
      name: 'breaker-open',
      runbook: 'breaker-open',
      description: 'The legacy API fails call after call, so none are made but probes.',
      metric: ofApi(config, METRICS.breakerOpen, { statistic: 'Maximum' }),
    },
    {
      ...SIGN,
      name: 'limit-violated',
      runbook: 'limit-violated',
      description: 'The legacy API refused calls for their rate.',
      metric: ofAllPriorities(config, METRICS.throttled, FIVE_MINUTES),
      periods: CASE.periods,
    },
    {
      ...SIGN,
      name: 'callbacks-throttled',
      runbook: 'callbacks-throttled',
      description: 'Step Functions keeps refusing callbacks, so results arrive late.',
      metric: ofApi(config, METRICS.callbackRetries),
    },
  ];
}

function cases({ config, deadLetters }: AlarmSources): readonly AlarmSpec[] {
  return [
    {
      ...CASE,
      name: 'dead-letters',
      runbook: 'dead-letters',
      description: 'Messages were given up, or were no task requests, and wait for people.',
      metric: newDeadLetters(config, deadLetters),
    },
    {
      ...CASE,
      name: 'outcome-unknown',
      runbook: 'outcome-unknown',
      description:
        'Answers to calls were lost that must not be repeated. Where there is a lookup, the workflow asks; else a person must.',
      metric: ofAllPriorities(config, METRICS.outcomeUnknown, FIVE_MINUTES),
    },
    {
      ...CASE,
      name: 'late-results',
      runbook: 'late-results',
      description: 'Calls were made whose workflows no longer wait for them.',
      metric: ofAllPriorities(config, METRICS.lateResults, FIVE_MINUTES),
    },
  ];
}

/** Not those that lie parked: while one did, the alarm would be on, and the next would be news to nobody. */
function newDeadLetters(config: OrchestratorConfig, deadLetters: DeadLetters): MathExpression {
  const period = FIVE_MINUTES;
  const malformed = PRIORITIES.map(
    (priority) =>
      [`malformed${priority}`, ofPriority(config, METRICS.malformed, priority, { period })] as const,
  );
  const usingMetrics = {
    givenUp: ofApi(config, METRICS.deadLetters, { period }),
    ...Object.fromEntries(malformed),
    unhandled: deadLettersLying(deadLetters).unhandled.with({ period }),
  };
  return new MathExpression({
    expression: `SUM(FILL([${Object.keys(usingMetrics).join(', ')}], 0))`,
    usingMetrics,
    label: 'new dead letters',
    period,
  });
}

function eventsUndelivered({ events }: AlarmSources): readonly AlarmSpec[] {
  if (events === undefined) return [];
  return [
    {
      ...CASE,
      name: 'events-undelivered',
      runbook: 'events-undelivered',
      description: 'Events that request calls, or the ends of such calls, could not be handled.',
      metric: events.undelivered.metricApproximateNumberOfMessagesVisible({
        statistic: 'Maximum',
        period: PERIOD,
      }),
      missingData: TreatMissingData.IGNORE,
    },
  ];
}
