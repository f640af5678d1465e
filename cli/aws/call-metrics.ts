import {
  type CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { DIMENSIONS, METRIC_NAMESPACE, METRICS } from '../../lambdas/core/contracts/metrics.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { CALL_METRICS, type CallCounts, type RecentCalls } from '../../lambdas/core/status/recent-calls.js';

const MINUTE_MS = 60_000;

const MINUTES = 5;

/** Each reading asks for 24 metrics, at $0.01 for a thousand; and they change by the minute. */
const CACHED_MS = 30_000;

/** The orchestrator's own metrics in CloudWatch: what its calls came to in the last minutes. */
export class CallMetrics {
  readonly #cloudWatch: CloudWatchClient;
  readonly #api: string;
  #last: RecentCalls | undefined;

  constructor(cloudWatch: CloudWatchClient, api: string) {
    this.#cloudWatch = cloudWatch;
    this.#api = api;
  }

  /** Of the last five whole minutes and the one that has begun; up to half a minute old. */
  async recent(nowMs: number): Promise<RecentCalls> {
    if (this.#last !== undefined && nowMs - this.#last.untilMs < CACHED_MS) return this.#last;
    const fromMs = (Math.floor(nowMs / MINUTE_MS) - MINUTES) * MINUTE_MS;
    this.#last = { ...(await this.#counts(fromMs, nowMs)), fromMs, untilMs: nowMs };
    return this.#last;
  }

  async #counts(fromMs: number, untilMs: number): Promise<CallCounts> {
    const counts = Object.fromEntries(CALL_METRICS.map((metric) => [metric, 0])) as Record<
      keyof CallCounts,
      number
    >;
    const pages = paginateGetMetricData(
      { client: this.#cloudWatch },
      {
        StartTime: new Date(fromMs),
        EndTime: new Date(untilMs),
        MetricDataQueries: CALL_METRICS.flatMap((metric) => this.#queriesFor(metric)),
      },
    );
    for await (const { MetricDataResults = [] } of pages)
      for (const { Id = '', Values = [] } of MetricDataResults)
        counts[Id.split('_')[0] as keyof CallCounts] += Values.reduce((sum, value) => sum + value, 0);
    return counts;
  }

  #queriesFor(metric: keyof CallCounts): readonly MetricDataQuery[] {
    return PRIORITIES.map((priority) => ({
      Id: `${metric}_${priority}`,
      MetricStat: {
        Metric: {
          Namespace: METRIC_NAMESPACE,
          MetricName: METRICS[metric].name,
          Dimensions: [
            { Name: DIMENSIONS.api, Value: this.#api },
            { Name: DIMENSIONS.priority, Value: priority },
          ],
        },
        Period: MINUTE_MS / 1_000,
        Stat: 'Sum',
      },
    }));
  }
}
