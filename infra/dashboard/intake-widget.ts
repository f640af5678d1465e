import type { GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { METRICS } from '../../lambdas/core/contracts/metrics.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { ofPriority } from '../metrics.js';
import { graph } from './graph.js';

export function intakeWidget(config: OrchestratorConfig): GraphWidget {
  const of = (metric: typeof METRICS.taken | typeof METRICS.turnedAway, word: string) =>
    PRIORITIES.map((priority) => ofPriority(config, metric, priority, { label: `${priority} ${word}` }));
  return graph('Calls over HTTP: taken, and turned away for their backlog or deadline', {
    left: of(METRICS.taken, 'taken'),
    right: of(METRICS.turnedAway, 'turned away'),
  });
}
