import { Metrics } from '@aws-lambda-powertools/metrics';
import { DIMENSIONS, METRIC_NAMESPACE } from '../core/contracts/metrics.js';
import { type ByPriority, byPriority } from '../core/contracts/priority.js';

/** Metrics of one orchestrator, those of each class with the class as a dimension. */
export function metricsByPriority(api: string): ByPriority<Metrics> {
  return byPriority((priority) => {
    const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: api });
    metrics.setDefaultDimensions({ [DIMENSIONS.priority]: priority });
    return metrics;
  });
}

/** Writes what was counted since the last time; nothing where nothing was. */
export function publish(all: readonly Metrics[]): void {
  for (const metrics of all) {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
