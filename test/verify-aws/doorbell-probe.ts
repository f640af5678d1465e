import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Probe } from './probe.js';

const LAST_HOURS = 3;

export interface DoorbellNames {
  readonly cloudWatch: CloudWatchClient;
  readonly doorbellName: string;
  readonly workerName: string;
}

/** What the doorbell's pollers did when throttled, from CloudWatch's own metrics of the last hours of load. */
export const doorbellProbe = ({ cloudWatch, doorbellName, workerName }: DoorbellNames): Probe => ({
  name: 'throttled-doorbell',
  question: 'How often is a bell received while the function is throttled, and is the bell loop ever cut?',
  assumed:
    'Either is harmless: bells carry no work, and the function allows its loop. Run a load first, with 1 slot too.',
  ask: async () => {
    const [sent = 0, received = 0, throttles = 0, cut = 0] = await sums(cloudWatch, [
      { Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent', Name: 'QueueName', Value: doorbellName },
      {
        Namespace: 'AWS/SQS',
        MetricName: 'NumberOfMessagesReceived',
        Name: 'QueueName',
        Value: doorbellName,
      },
      { Namespace: 'AWS/Lambda', MetricName: 'Throttles', Name: 'FunctionName', Value: workerName },
      {
        Namespace: 'AWS/Lambda',
        MetricName: 'RecursiveInvocationsDropped',
        Name: 'FunctionName',
        Value: workerName,
      },
    ]);
    const perBell = sent === 0 ? 'no bells' : `${(received / sent).toFixed(2)} receives per bell`;
    const seen = `${sent} bells, ${perBell}, ${throttles} throttles, ${cut} invocations cut as a loop`;
    return { seen, asAssumed: cut === 0 };
  },
});

interface MetricName {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Name: string;
  readonly Value: string;
}

async function sums(
  cloudWatch: CloudWatchClient,
  metrics: readonly MetricName[],
): Promise<readonly number[]> {
  const EndTime = new Date();
  const StartTime = new Date(EndTime.getTime() - LAST_HOURS * 3_600_000);
  const { MetricDataResults = [] } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime,
      EndTime,
      MetricDataQueries: metrics.map(({ Namespace, MetricName, Name, Value }, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: { Namespace, MetricName, Dimensions: [{ Name, Value }] },
          Period: 300,
          Stat: 'Sum',
        },
      })),
    }),
  );
  return metrics.map((_, index) => {
    const values = MetricDataResults.find(({ Id }) => Id === `m${index}`)?.Values ?? [];
    return values.reduce((sum, value) => sum + value, 0);
  });
}
