import type { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS } from '../core/contracts/metrics.js';
import type { ByPriority, Priority } from '../core/contracts/priority.js';
import type { IntakeCount } from '../core/intake/ports.js';
import { metricsByPriority, publish } from './metrics-by-priority.js';

/** Turns what the intake takes and turns away into CloudWatch metrics (embedded metric format). */
export class PowertoolsIntakeCount implements IntakeCount {
  readonly #metrics: ByPriority<Metrics>;

  constructor(api: string) {
    this.#metrics = metricsByPriority(api);
  }

  taken(priority: Priority): void {
    const { name, unit } = METRICS.taken;
    this.#metrics[priority].addMetric(name, unit, 1);
  }

  turnedAway(priority: Priority): void {
    const { name, unit } = METRICS.turnedAway;
    this.#metrics[priority].addMetric(name, unit, 1);
  }

  flush(): void {
    publish(Object.values(this.#metrics));
  }
}
