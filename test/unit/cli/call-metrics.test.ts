import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { CallMetrics } from '../../../cli/aws/call-metrics.js';

const NOW_MS = Date.parse('2030-01-31T12:00:30Z');

describe('the metrics of recent calls', () => {
  const cloudWatch = mockClient(CloudWatchClient);
  const asked = () => cloudWatch.commandCalls(GetMetricDataCommand).map(({ args: [{ input }] }) => input);
  const queries = (): readonly MetricDataQuery[] => asked()[0]?.MetricDataQueries ?? [];

  beforeEach(() => {
    cloudWatch.reset();
    cloudWatch.on(GetMetricDataCommand).callsFake(({ NextToken }: { readonly NextToken?: string }) =>
      NextToken === undefined
        ? {
            NextToken: 'more',
            MetricDataResults: [
              { Id: 'callsStarted_HIGH', Values: [3, 4] },
              { Id: 'callsStarted_BATCH', Values: [10] },
              { Id: 'throttled_BATCH', Values: [] },
            ],
          }
        : {
            MetricDataResults: [
              { Id: 'callsStarted_HIGH', Values: [5] },
              { Id: 'lateResults_NORMAL', Values: [1] },
            ],
          },
    );
  });

  it('are summed over classes, minutes and pages', async () => {
    const recent = await new CallMetrics(new CloudWatchClient({}), 'erp').recent(NOW_MS);

    expect(recent).toMatchObject({ callsStarted: 22, lateResults: 1, throttled: 0, succeeded: 0 });
  });

  it('are asked for from five whole minutes ago on, by the names under which slots publish them', async () => {
    await new CallMetrics(new CloudWatchClient({}), 'erp').recent(NOW_MS);

    expect(asked()[0]?.StartTime).toEqual(new Date('2030-01-31T11:55:00Z'));
    expect(queries()).toHaveLength(24);
    expect(queries()[0]?.MetricStat?.Metric).toEqual({
      Namespace: 'RateLimitedOrchestrator',
      MetricName: 'CallsStarted',
      Dimensions: [
        { Name: 'service', Value: 'erp' },
        { Name: 'Priority', Value: 'HIGH' },
      ],
    });
  });

  it('are asked for again only after half a minute, because each time costs', async () => {
    const metrics = new CallMetrics(new CloudWatchClient({}), 'erp');

    for (const afterMs of [0, 2_000, 29_999]) await metrics.recent(NOW_MS + afterMs);
    const times = asked().length;
    await metrics.recent(NOW_MS + 30_000);

    expect([times, asked().length]).toEqual([2, 4]);
  });
});
