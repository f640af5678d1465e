import type { GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { METRICS } from '../../lambdas/core/contracts/metrics.js';
import { ofApi, PERIOD } from '../metrics.js';
import type { WorkerFunction } from '../worker-function.js';
import { graph } from './graph.js';

export function slotsWidget(config: OrchestratorConfig, { function: worker }: WorkerFunction): GraphWidget {
  return graph('Slots running; throttled bells, errors and problems', {
    left: [worker.metric('ConcurrentExecutions', { statistic: 'Maximum', label: 'slots', period: PERIOD })],
    right: [
      worker.metricThrottles({ period: PERIOD }),
      worker.metricErrors({ period: PERIOD }),
      ofApi(config, METRICS.problems),
    ],
    leftAnnotations: [{ value: config.slots, label: 'reserved concurrency' }],
  });
}

export function bellsWidget(config: OrchestratorConfig): GraphWidget {
  const { slotsStarted, bells, crashWaits, callbackRetries } = METRICS;
  return graph('Slots started, bells, waits after a crash, repeated callbacks', {
    left: [slotsStarted, bells, crashWaits, callbackRetries].map((metric) => ofApi(config, metric)),
  });
}
