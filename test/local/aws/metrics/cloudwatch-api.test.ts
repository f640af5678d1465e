import {
  CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { LOCAL_REGION } from '../../../../local/aws/account.js';
import { type Queues, startQueues } from '../../support/queues.js';

const MINUTE_MS = 60_000;
const START_MS = Date.parse('2030-01-31T12:00:00Z');

function asked(
  Stat: string,
  more: { readonly Value?: string; readonly Period?: number } = {},
): MetricDataQuery {
  const { Value = 'erp', Period = 60 } = more;
  const Metric = { Namespace: 'Test', MetricName: 'Calls', Dimensions: [{ Name: 'service', Value }] };
  return { Id: Stat.toLowerCase(), MetricStat: { Metric, Period, Stat } };
}

describe('CloudWatch of the local run', () => {
  let queues: Queues;
  let cloudWatch: CloudWatchClient;

  const ask = (...MetricDataQueries: MetricDataQuery[]) =>
    cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(START_MS),
        EndTime: new Date(START_MS + 3 * MINUTE_MS),
        MetricDataQueries,
      }),
    );

  beforeAll(async () => {
    queues = await startQueues();
    cloudWatch = new CloudWatchClient({
      endpoint: queues.gateway.endpoint,
      region: LOCAL_REGION,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const put = (atMs: number, values: readonly number[], api = 'erp') =>
      queues.metrics.add({ namespace: 'Test', name: 'Calls', dimensions: { service: api }, atMs, values });
    put(START_MS - 1, [100]);
    put(START_MS, [1, 2]);
    put(START_MS + MINUTE_MS - 1, [6]);
    put(START_MS + 2 * MINUTE_MS, [4]);
    put(START_MS + 3 * MINUTE_MS, [100]);
    put(START_MS, [50], 'mail');
  });

  afterAll(async () => {
    cloudWatch.destroy();
    await queues.stop();
  });

  it('sums by the minute what lies in the time that was asked for, the latest first', async () => {
    const { MetricDataResults: [sums] = [] } = await ask(asked('Sum'));

    expect(sums).toMatchObject({ Id: 'sum', Label: 'Calls', StatusCode: 'Complete', Values: [4, 9] });
    expect(sums?.Timestamps).toEqual([new Date(START_MS + 2 * MINUTE_MS), new Date(START_MS)]);
  });

  it.each([
    ['SampleCount', [1, 3]],
    ['Average', [4, 3]],
    ['Minimum', [4, 1]],
    ['Maximum', [4, 6]],
  ])('knows the %s', async (statistic, values) => {
    const { MetricDataResults: [result] = [] } = await ask(asked(statistic));

    expect(result?.Values).toEqual(values);
  });

  it('merges minutes into longer periods', async () => {
    const { MetricDataResults: [result] = [] } = await ask(asked('Sum', { Period: 180 }));

    expect(result?.Values).toEqual([13]);
  });

  it('answers several questions at once, and has nothing to say of a metric that was never published', async () => {
    const { MetricDataResults = [] } = await ask(
      asked('Sum', { Value: 'mail' }),
      asked('Maximum', { Value: 'nobody' }),
    );

    expect(MetricDataResults.map(({ Values }) => Values)).toEqual([[50], []]);
  });

  it.each([
    ['a percentile', asked('p99'), 'MetricDataQueries.0.MetricStat.Stat'],
    ['an expression', { Id: 'e', Expression: 'SUM(METRICS())' }, 'MetricDataQueries.0.Expression'],
    ['a period that is no minute', asked('Sum', { Period: 10 }), 'MetricDataQueries.0.MetricStat.Period'],
  ])('refuses %s by name', async (_, query, name) => {
    await expect(ask(query)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
      message: expect.stringContaining(name) as string,
    });
  });

  it('refuses every other operation', async () => {
    const put = new PutMetricDataCommand({
      Namespace: 'Test',
      MetricData: [{ MetricName: 'Calls', Value: 1 }],
    });

    await expect(cloudWatch.send(put)).rejects.toThrow('serves GetMetricData, not "Granite');
  });
});
