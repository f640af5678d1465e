import * as v from 'valibot';
import type { JsonApi } from '../json-http.js';
import { MINUTE_MS, type MetricStore, type Statistics } from './metric-store.js';

/** The service in `X-Amz-Target`. */
export const CLOUDWATCH_SERVICE = 'GraniteServiceVersion20100801';

const STATISTICS = {
  Sum: ({ sum }: Statistics) => sum,
  SampleCount: ({ count }: Statistics) => count,
  Average: ({ sum, count }: Statistics) => sum / count,
  Minimum: ({ least }: Statistics) => least,
  Maximum: ({ most }: Statistics) => most,
} as const;

const NAMES = Object.keys(STATISTICS) as (keyof typeof STATISTICS)[];

const MINUTE_SECONDS = MINUTE_MS / 1_000;

/** Metrics of a request: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const QUERIES_MAX = 500;

/** Times are epoch seconds on the wire. */
const REQUEST = v.strictObject({
  StartTime: v.number(),
  EndTime: v.number(),
  ScanBy: v.optional(v.picklist(['TimestampAscending', 'TimestampDescending']), 'TimestampDescending'),
  MetricDataQueries: v.pipe(
    v.array(
      v.strictObject({
        Id: v.string(),
        MetricStat: v.strictObject({
          Metric: v.strictObject({
            Namespace: v.string(),
            MetricName: v.string(),
            Dimensions: v.optional(v.array(v.strictObject({ Name: v.string(), Value: v.string() })), []),
          }),
          Period: v.pipe(v.number(), v.integer(), v.minValue(MINUTE_SECONDS), v.multipleOf(MINUTE_SECONDS)),
          Stat: v.picklist(NAMES),
        }),
      }),
    ),
    v.minLength(1),
    v.maxLength(QUERIES_MAX),
  ),
});

type Request = v.InferOutput<typeof REQUEST>;

/** CloudWatch's GetMetricData over AWS JSON, for metrics as they are: expressions and percentiles are refused by name. */
export function cloudWatchApi(store: MetricStore): JsonApi {
  return (target, body) => {
    if (target !== `${CLOUDWATCH_SERVICE}.GetMetricData`)
      return refused(
        'UnknownOperationException',
        `of CloudWatch the local run serves GetMetricData, not "${target}"`,
      );
    const parsed = v.safeParse(REQUEST, body);
    if (!parsed.success)
      return refused(
        'ValidationError',
        parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; '),
      );
    const { MetricDataQueries } = parsed.output;
    const MetricDataResults = MetricDataQueries.map((query) => resultOf(store, parsed.output, query));
    return Promise.resolve({ status: 200, body: { MetricDataResults, Messages: [] } });
  };
}

function resultOf(
  store: MetricStore,
  { StartTime, EndTime, ScanBy }: Request,
  { Id, MetricStat: { Metric, Period, Stat } }: Request['MetricDataQueries'][number],
) {
  const { Namespace: namespace, MetricName: name, Dimensions } = Metric;
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  const ascending = store.read(
    { namespace, name, dimensions },
    Period * 1_000,
    StartTime * 1_000,
    EndTime * 1_000,
  );
  const periods = ScanBy === 'TimestampAscending' ? ascending : [...ascending].reverse();
  return {
    Id,
    Label: name,
    StatusCode: 'Complete',
    Timestamps: periods.map(({ startsAtMs }) => startsAtMs / 1_000),
    Values: periods.map(STATISTICS[Stat]),
  };
}

function refused(__type: string, message: string): ReturnType<JsonApi> {
  return Promise.resolve({ status: 400, body: { __type, message } });
}
