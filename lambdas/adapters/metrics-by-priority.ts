import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Lane } from '../core/contracts/lane.js';
import { DIMENSIONS, METRIC_NAMESPACE } from '../core/contracts/metrics.js';
import { type ByPriority, byPriority } from '../core/contracts/priority.js';

/** Metrics of one orchestrator, those of each class with the class as a dimension. */
export function metricsByPriority(api: string): ByPriority<Metrics> {
  return byPriority((priority) => metricsOf(api, priority));
}

/** Those of one class, or of its overflow. */
export function metricsOf(api: string, lane: Lane): Metrics {
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: api });
  metrics.setDefaultDimensions({ [DIMENSIONS.priority]: lane });
  return metrics;
}

/** Writes what was counted since the last time; nothing where nothing was. */
export function publish(all: readonly Metrics[]): void {
  for (const metrics of all) {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
