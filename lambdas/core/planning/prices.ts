/** What AWS charges for one unit, without free tiers. */
export interface Price {
  readonly usd: number;
  /** What one unit is. */
  readonly unit: string;
  /** AWS's own page; it shows the prices of the chosen Region. */
  readonly source: string;
}

/** The Region of every price here; most others charge the same or up to a third more. */
export const PRICE_REGION = 'us-east-1';

const PER_MILLION = 1e-6;
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';

/** Public list prices in dollars. Check the source before you rely on one: AWS changes them, mostly downwards. */
export const PRICES = {
  stateTransition: {
    usd: 25 * PER_MILLION,
    unit: 'state transition, Standard workflows',
    source: 'https://aws.amazon.com/step-functions/pricing/',
  },
  sqsRequest: {
    usd: 0.4 * PER_MILLION,
    unit: 'request to a standard queue, per 64 KB',
    source: 'https://aws.amazon.com/sqs/pricing/',
  },
  sqsFifoRequest: {
    usd: 0.5 * PER_MILLION,
    unit: 'request to a FIFO queue, per 64 KB',
    source: 'https://aws.amazon.com/sqs/pricing/',
  },
  lambdaRequest: {
    usd: 0.2 * PER_MILLION,
    unit: 'invocation',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  lambdaGbSecond: {
    usd: 13.3334 * PER_MILLION,
    unit: 'GB-second on arm64, waiting included',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  tableWrite: {
    usd: 0.625 * PER_MILLION,
    unit: 'write request unit, on demand, per 1 KB',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  tableRead: {
    usd: 0.125 * PER_MILLION,
    unit: 'read request unit, on demand, strongly consistent, per 4 KB',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  /** Events of AWS services, such as RUNNING, cost nothing; schedules are counted as if they were custom events. */
  eventBridgeEvent: {
    usd: 1 * PER_MILLION,
    unit: 'event that is not an AWS service event',
    source: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  logsGb: { usd: 0.5, unit: 'GB of logs taken in', source: CLOUDWATCH },
  customMetric: { usd: 0.3, unit: 'custom metric for a month', source: CLOUDWATCH },
  /** An alarm on an expression is charged as one for each metric in it. */
  alarmMetric: { usd: 0.1, unit: 'metric that an alarm reads, for a month', source: CLOUDWATCH },
  compositeAlarm: { usd: 0.5, unit: 'composite alarm for a month', source: CLOUDWATCH },
  dashboard: { usd: 3, unit: 'dashboard for a month', source: CLOUDWATCH },
  trace: {
    usd: 5 * PER_MILLION,
    unit: 'X-Ray trace recorded',
    source: 'https://aws.amazon.com/xray/pricing/',
  },
} as const satisfies Readonly<Record<string, Price>>;
