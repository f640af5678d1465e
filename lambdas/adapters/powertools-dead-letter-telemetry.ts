import type { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, METRICS } from '../core/contracts/metrics.js';
import type { DeadLetterEvent } from '../core/dead-letters/dead-letter.js';
import { publish } from './metrics-by-priority.js';

/** Turns what becomes of dead letters into CloudWatch metrics (embedded metric format) and structured log lines. */
export class PowertoolsDeadLetterTelemetry {
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(logger: Logger, api: string) {
    this.#logger = logger;
    this.#metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: api });
  }

  record({ kind, ...details }: DeadLetterEvent): void {
    this.#logger.warn(kind, details);
    if (!('task' in details)) return;
    const { deadLetters, closedDeadLetters } = METRICS;
    this.#metrics.addMetric(deadLetters.name, deadLetters.unit, 1);
    if (details.task === 'closed') this.#metrics.addMetric(closedDeadLetters.name, closedDeadLetters.unit, 1);
  }

  flush(): void {
    publish([this.#metrics]);
  }
}
