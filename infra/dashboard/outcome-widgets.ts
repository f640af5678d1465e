import type { GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { METRICS } from '../../lambdas/core/contracts/metrics.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { ofAllPriorities, ofPriority, PERIOD } from '../metrics.js';
import { graph } from './graph.js';

export function outcomesWidget(config: OrchestratorConfig): GraphWidget {
  const { succeeded, rejected, unavailable, outcomeUnknown, responseTooLarge, throttled } = METRICS;
  return graph('Is the API well? Outcomes of calls', {
    left: [succeeded, rejected, unavailable, outcomeUnknown, responseTooLarge, throttled].map((metric) =>
      ofAllPriorities(config, metric),
    ),
    stacked: true,
  });
}

/** The hold pays off as far as the legacy API answers within it. */
export function serviceTimeWidget(config: OrchestratorConfig): GraphWidget {
  return graph('Service time, p99 (ms)', {
    left: PRIORITIES.map((priority) =>
      ofPriority(config, METRICS.serviceTime, priority, { statistic: 'p99' }),
    ),
  });
}

/** Of the state machine that comes with the orchestrator; those of others are theirs to watch. */
export function executionsWidget(stateMachine: IStateMachine): GraphWidget {
  const options = { statistic: 'Sum', period: PERIOD };
  return graph('Executions', {
    left: [
      stateMachine.metricStarted({ ...options, label: 'started' }),
      stateMachine.metricSucceeded({ ...options, label: 'succeeded' }),
      stateMachine.metricFailed({ ...options, label: 'failed' }),
      stateMachine.metricTimedOut({ ...options, label: 'timed out' }),
      stateMachine.metricAborted({ ...options, label: 'stopped' }),
    ],
  });
}

export function troubleWidget(config: OrchestratorConfig): GraphWidget {
  const { abandoned, lateResults, deferrals, malformed, answeredByLedger, resultsRefused } = METRICS;
  return graph('Work without a call, or without a result', {
    left: [abandoned, lateResults, deferrals, malformed, answeredByLedger, resultsRefused].map((metric) =>
      ofAllPriorities(config, metric),
    ),
  });
}
